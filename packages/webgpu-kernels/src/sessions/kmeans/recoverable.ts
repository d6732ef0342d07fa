import type { Points } from '@shoal/core';
import type { KMeansSession, KMeansSessionOptions } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { Recoverable } from '../../recovery/recoverable.ts';
import type { VariantChoice } from './resources.ts';
import { WebGpuKMeansSession } from './session.ts';

/** A session of k-means that tells how its iterations are computed. */
export type RecoverableKMeansSession = KMeansSession &
  Pick<WebGpuKMeansSession, 'variant' | 'labelsOnDevice' | 'readRows' | 'readCentroids'>;

/**
 * k-means on the engine's present device. Rows of seeds and centroids are kept on the host when they are read back. Labels
 * are not read back, so a recovery runs the last batch of iterations again to get them.
 *
 * @throws like `WebGpuKMeansSession.create`
 */
export async function openKMeans(
  device: EngineDevice,
  points: Points,
  options: KMeansSessionOptions,
  choice: VariantChoice = {},
): Promise<RecoverableKMeansSession> {
  const state = new KMeansState();
  const recoverable = await Recoverable.open(device, {
    what: 'k-means',
    points,
    signal: options.signal,
    open: (context) => WebGpuKMeansSession.create(context, points, options, choice),
    restore: (session) => state.restore(session),
  });
  const { rows, columns, clusters } = recoverable.session;
  return {
    rows,
    columns,
    clusters,
    get variant() {
      return recoverable.session.variant;
    },
    ...recoverable.forward(
      'columnMoments',
      'readRows',
      'seedPotentials',
      'seedWeights',
      'sampleRows',
      'readCentroids',
      'readLabels',
      'labelsOnDevice',
      'readDistances',
      'readSums',
      'distancesToCentroids',
    ),
    resetSeeds: () =>
      recoverable.run(async (session) => {
        await session.resetSeeds();
        state.seeds = [];
      }),
    addSeeds: (added) =>
      recoverable.run(async (session) => {
        await session.addSeeds(added);
        state.seeds.push(added.slice());
      }),
    drawSeeds: (uniforms, trials) =>
      recoverable.run(async (session) => {
        const drawn = await session.drawSeeds(uniforms, trials);
        state.seeds.push(drawn.slice());
        return drawn;
      }),
    writeCentroids: (centroids) =>
      recoverable.run(async (session) => {
        await session.writeCentroids(centroids);
        state.wrote(Float32Array.from(centroids));
      }),
    step: (count, tolerance) =>
      recoverable.run(async (session) => {
        const iterations = await session.step(count, tolerance);
        const ran = iterations.length;
        if (ran > 0) await state.ran(session, (again) => again.step(ran, tolerance));
        return iterations;
      }),
    assign: () =>
      recoverable.run(async (session) => {
        const assignment = await session.assign();
        await state.ran(session, (again) => again.assign());
        return assignment;
      }),
  };
}

/** The data from which a session is restored. */
class KMeansState {
  /** Rows of seeds, by the call that added them. */
  seeds: Uint32Array[] = [];
  /** The present centroids; undefined before the first write. */
  #centroids: Float32Array | undefined;
  /** The centroids before `#rerun`. */
  #before: Float32Array | undefined;
  /** The call that labeled the points last. */
  #rerun: ((session: KMeansSession) => Promise<unknown>) | undefined;

  wrote(centroids: Float32Array): void {
    this.#before = this.#centroids = centroids;
    this.#rerun = undefined;
  }

  /** @param rerun repeats the session's last call */
  async ran(session: KMeansSession, rerun: (session: KMeansSession) => Promise<unknown>): Promise<void> {
    const centroids = Float32Array.from(await session.readCentroids());
    this.#before = this.#centroids;
    this.#centroids = centroids;
    this.#rerun = rerun;
  }

  async restore(session: KMeansSession): Promise<void> {
    for (const rows of this.seeds) await session.addSeeds(rows);
    if (this.#before) await session.writeCentroids(this.#before);
    await this.#rerun?.(session);
  }
}
