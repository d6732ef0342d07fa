import { engineOrDefault } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { KMeansFitOptions, KMeansFitState } from '../fit-options.ts';
import { labelsOnDevice } from '../labels-on-device.ts';
import { plusOrigin } from '../origin/frame.ts';
import type { CentroidFields } from '../kmeans/centroid-model.ts';
import { initialCentroids, requireGiven } from '../kmeans/initial-centroids.ts';
import type { OpenPoints } from '../kmeans/open-points.ts';
import { absoluteTolerance } from '../kmeans/placed-points.ts';
import { startSettings, type StartSettings } from '../kmeans/start-settings.ts';
import { withOpenPoints } from '../kmeans/with-open-points.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { warnOfUnusedClusters } from '../unused-clusters.ts';
import { requireFittable, requireNoOverflow, requireShare, requireWholeNumber } from '../validation.ts';
import { Batches } from './batches.ts';
import { learnBatch, type Learned } from './learn-batch.ts';
import { MiniBatchKMeansModel } from './model.ts';
import type { MiniBatchKMeansOptions, PartialFitOptions } from './options.ts';
import { SmoothedInertia } from './smoothed-inertia.ts';

/** Passes over the points that a fit may take by default. */
const PASSES = 100;
/** A watched fit is shown so many times in a pass. */
const SHOWN_IN_PASS = 10;
/** Starved clusters move when each cluster could have been given this many points since the last time. */
const POINTS_BETWEEN_MOVES = 10;

/** Options with defaults filled in and checked. */
interface Settings extends StartSettings {
  readonly engine: Engine | undefined;
  readonly batchSize: number;
  readonly initSize: number;
  readonly maxIterations: number | undefined;
  readonly patience: number;
  readonly reassignment: number;
  readonly decay: number;
}

/** What a fit works with. */
interface Work {
  readonly place: OpenPoints['place'];
  /** Holds all the points. */
  readonly session: KMeansSession;
  readonly batches: Batches;
  readonly random: Random;
  readonly options: Pick<MiniBatchFitOptions, 'signal' | 'onProgress' | 'onIteration'>;
}

/** Settings of one `fit`. `onIteration` is called after each tenth of a pass over the points, and shows all of them. */
export type MiniBatchFitOptions = Omit<KMeansFitOptions, 'checkpoint'>;

/**
 * k-means that learns from small random batches (Sculley, "Web-scale k-means clustering", WWW 2010), as scikit-learn's
 * `MiniBatchKMeans` does it: much quicker than k-means on many points, for an inertia that is a few percent greater. At
 * the end, all points get the label of their nearest centroid. Streams continue by `partialFit` of the model.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * let model = await new MiniBatchKMeans({ clusters: 10 }).fit(points);
 * for await (const more of stream) model = await model.partialFit(more);
 */
export class MiniBatchKMeans {
  readonly #settings: Settings;

  /**
   * @throws {InvalidArgumentError} when an option is out of range or of the wrong kind
   * @throws {ShapeError} when there are more given centroids than clusters
   * @throws {DataError} when given centroids are NaN or infinite
   */
  constructor(options: MiniBatchKMeansOptions) {
    const { maxIterations, patience = 10, engine } = options;
    const settings = startSettings(options, 0);
    const batchSize = requireWholeNumber('batchSize', options.batchSize ?? 1024, 1);
    const initSize = options.initSize ?? 3 * Math.max(batchSize, settings.clusters);
    this.#settings = {
      ...settings,
      engine,
      batchSize,
      initSize: requireWholeNumber('initSize', initSize, settings.clusters),
      maxIterations: maxIterations && requireWholeNumber('maxIterations', maxIterations, 1),
      patience: patience === Infinity ? patience : requireWholeNumber('patience', patience, 1),
      reassignment: requireShare('reassignment', options.reassignment ?? 0.01),
      decay: requireShare('decay', options.decay ?? 1),
    };
  }

  /**
   * Clusters the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, points on the engine's device, or points in parts, of
   *   which each batch reads some rows; left unchanged
   * @throws {InvalidArgumentError} when there are fewer points of positive weight than clusters, or weights are
   *   negative, not finite or all zero
   * @throws {ShapeError} when weights or given centroids do not fit the points
   * @throws {DataError} when points are NaN or infinite, or so large that their distances are not finite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   */
  async fit(
    given: PointsLike | PartedPoints,
    options: MiniBatchFitOptions = {},
  ): Promise<MiniBatchKMeansModel> {
    return this.#run(given, options, (work, initial) => this.#learn(work, initial));
  }

  /**
   * Begins a stream: seeds from the points, and one batch of all of them. `partialFit` of the returned model continues.
   * A row scaling is learned from these points alone.
   *
   * @throws like `fit`
   */
  async partialFit(given: PointsLike, options: PartialFitOptions = {}): Promise<MiniBatchKMeansModel> {
    return this.#run(given, options, async ({ session, place }, initial) => {
      const learned = learnedFrom(initial, this.#settings.clusters);
      const { inertia } = await learnBatch(session, learned, this.#learning, place.weights, undefined);
      return { ...learned, inertiaHistory: [inertia], iterations: 1, converged: false, warnings: [] };
    });
  }

  /** Brings the points to their place, chooses a start, and makes the model of what was learned from it. */
  async #run(
    given: PointsLike | PartedPoints,
    options: MiniBatchFitOptions,
    learn: (work: Work, initial: Float64Array) => Promise<Outcome>,
  ): Promise<MiniBatchKMeansModel> {
    const { clusters, init, decay, reassignment, seed } = this.#settings;
    const { signal } = options;
    const points = areParted(given) ? given : pointsOf(given);
    const engine = await engineOrDefault(this.#settings.engine);
    const weights = requireFittable(points, options.weights, clusters, 'clusters');
    if (typeof init === 'object') requireGiven(init, clusters, points.columns);
    return withOpenPoints(points, engine, this.#settings, { weights, signal }, async (open) => {
      const { session, place } = open;
      const random = new Random(seed);
      const batches = new Batches({ ...place, session, signal }, random);
      const work = { place, session, batches, random, options };
      const { counts, inertiaHistory, ...learned } = await learn(work, await this.#bestStart(work));
      await session.writeCentroids(learned.centroids);
      const inertia = requireNoOverflow('The inertia', (await session.assign()).inertia);
      const labels = await session.readLabels();
      const relative = await session.readCentroids();
      const fields = await open.fields(relative, inertia);
      return new MiniBatchKMeansModel(
        {
          ...learned,
          ...fields,
          warnings: [
            ...this.#settings.warnings,
            ...warnOfUnusedClusters(labels, clusters),
            ...learned.warnings,
            ...fields.warnings,
          ],
          ...{ labels, clusters, inertia, counts, decay, reassignment, seed },
          inertiaHistory: [...inertiaHistory, inertia],
        },
        engine,
      );
    });
  }

  get #learning() {
    const { decay, reassignment, metric } = this.#settings;
    return { decay, reassignment, unit: metric === 'cosine' };
  }

  /** The centroids of the start with the least inertia of a sample of the points. */
  async #bestStart({ place, batches, random, options }: Work): Promise<Float64Array> {
    const { nInit, initSize } = this.#settings;
    const { engine, origin } = place;
    const { signal, onProgress } = options;
    const size = Math.min(initSize, batches.rows);
    // The same sample judges all starts.
    const judges = nInit > 1 ? batches.drawDistinct(size) : undefined;
    let best = new Float64Array(0);
    let least = Infinity;
    for (let start = 1; start <= nInit; start++) {
      onProgress?.({ phase: 'seeding', completed: start - 1, total: nInit });
      const centroids = await batches.with(batches.drawDistinct(size), ({ session, points, weights }) =>
        initialCentroids(session, { engine, points, centered: points, origin }, random, this.#settings, {
          weights,
          signal,
        }),
      );
      const inertia = judges
        ? await batches.with(judges, async ({ session }) => {
            await session.writeCentroids(centroids);
            return (await session.assign()).inertia;
          })
        : 0;
      if (inertia >= least) continue;
      best = Float64Array.from(centroids);
      least = inertia;
    }
    return best;
  }

  /** Batch after batch, until the smoothed inertia settles. */
  async #learn({ place, session, batches, random, options }: Work, initial: Float64Array): Promise<Outcome> {
    const { clusters, patience, reassignment } = this.#settings;
    const { rows } = session;
    const { signal, onProgress, onIteration } = options;
    const size = Math.min(this.#settings.batchSize, rows);
    const total = place.weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;
    const most = this.#settings.maxIterations ?? Math.ceil((PASSES * rows) / size);
    const tolerance = await absoluteTolerance(session, this.#settings.tolerance);
    const share = Math.min(1, (2 * size) / (rows + 1));
    const smoothed = new SmoothedInertia({ share, patience, tolerance });
    const learned = learnedFrom(initial, clusters);
    const inertiaHistory: number[] = [];
    const shownEvery = Math.ceil(rows / size / SHOWN_IN_PASS);
    let converged = false;
    let sinceMove = 0;
    while (inertiaHistory.length < most && !converged) {
      signal?.throwIfAborted();
      sinceMove += size;
      const isDue = sinceMove >= POINTS_BETWEEN_MOVES * clusters || learned.counts.includes(0);
      const moves = reassignment > 0 && isDue;
      if (moves) sinceMove = 0;
      const step = await batches.with(batches.draw(size), ({ session: batch, weights }) =>
        learnBatch(batch, learned, this.#learning, weights, moves ? random : undefined),
      );
      converged = smoothed.settles(step);
      const inertia = requireNoOverflow('The inertia', smoothed.value * total);
      inertiaHistory.push(inertia);
      const message = `inertia about ${inertia.toPrecision(4)}`;
      const iteration = inertiaHistory.length;
      onProgress?.({ phase: 'iterations', completed: iteration, total: most, message });
      if (iteration % shownEvery === 0) {
        await onIteration?.({ iteration, start: 1, inertia, ...readersOf(learned, session, place) });
      }
    }
    const iterations = inertiaHistory.length;
    const warnings = converged
      ? []
      : [`The inertia was still falling after ${iterations} batches; raise maxIterations or batchSize.`];
    return { ...learned, inertiaHistory, iterations, converged, warnings };
  }
}

/** What was learned, and how it went. */
type Outcome = Learned & Pick<CentroidFields, 'inertiaHistory' | 'iterations' | 'converged' | 'warnings'>;

function learnedFrom(initial: Float64Array, clusters: number): Learned {
  return { centroids: initial, counts: new Float64Array(clusters) };
}

/** The state of a fit for those who watch it. Points get the labels of their nearest centroids when these are read. */
function readersOf(
  { centroids }: Learned,
  session: KMeansSession,
  { engine, origin }: Work['place'],
): Pick<KMeansFitState, 'readLabels' | 'labelsOnDevice' | 'readCentroids'> {
  const assign = async () => {
    await session.writeCentroids(centroids);
    await session.assign();
  };
  return {
    readLabels: async () => {
      await assign();
      return session.readLabels();
    },
    labelsOnDevice: async () => {
      await assign();
      return labelsOnDevice(session, engine);
    },
    readCentroids: async () => plusOrigin(centroids.slice(), origin),
  };
}
