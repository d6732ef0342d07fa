import type { Engine } from '@shoal/core';
import type { KMeansSession } from '@shoal/core/engine-kit';

/** Ends a fit after its seeding. */
class SeedingDone extends Error {}

export interface Seeding {
  readonly seconds: number;
  /** The seeds, K x D. */
  readonly centroids: Float32Array | Float64Array;
}

/**
 * Times a fit until its first centroids, and ends it there. Core does the seeding, not the engine, so the time is taken
 * in the session's calls: the first centroids that a fit writes are its seeds.
 *
 * @param fit fits on the engine that it gets
 */
export async function observeSeeding(
  engine: Engine,
  fit: (engine: Engine) => Promise<unknown>,
): Promise<Seeding> {
  let seeding: Seeding | undefined;
  const startedAt = performance.now();
  const observed: Engine = {
    name: engine.name,
    info: engine.info,
    createKMeans: async (points, options) =>
      stopAtCentroids(await engine.createKMeans(points, options), (centroids) => {
        seeding = { seconds: (performance.now() - startedAt) / 1000, centroids };
      }),
    createGaussianMixture: (points, options) => engine.createGaussianMixture(points, options),
    createMatrixProducts: (points, options) => engine.createMatrixProducts(points, options),
    createNeighborSearch: (points, options) => engine.createNeighborSearch(points, options),
    createSpanning: (points, options) => engine.createSpanning(points, options),
    createGraphLayout: (graph, positions, options) => engine.createGraphLayout(graph, positions, options),
    scaleRows: (points, scaling) => engine.scaleRows(points, scaling),
    download: (points) => engine.download(points),
    destroy: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
  try {
    await fit(observed);
  } catch (error) {
    if (!(error instanceof SeedingDone)) throw error;
  }
  if (seeding === undefined) throw new TypeError('The fit ended without writing centroids.');
  return seeding;
}

function stopAtCentroids(
  session: KMeansSession,
  onCentroids: (centroids: Float32Array | Float64Array) => void,
): KMeansSession {
  return new Proxy(session, {
    get(target, property) {
      if (property === 'writeCentroids') {
        return async (centroids: Float32Array | Float64Array): Promise<void> => {
          onCentroids(centroids);
          throw new SeedingDone();
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
