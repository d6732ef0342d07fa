import { assertFinite, InvalidArgumentError, KMeans, Random, ShapeError, type Engine } from '@shoal/core';
import { inTurns } from '@shoal/core/engine-kit';
import {
  requireHeld,
  requireNonNegative,
  requireWholeNumber,
  warnOfUnusedClusters,
} from '@shoal/core/model-kit';
import { anneal, type Annealed } from './anneal.ts';
import { BalancedCutModel } from './balanced-cut-model.ts';
import { BALANCES, chooseTrial, describeChoice, describeDoubt, type BalanceTrial } from './choose-balance.ts';
import { coarsen, type CoarseGraph } from './coarse-graph.ts';
import { mergePieces } from './merge-pieces.ts';
import { effortFor, piecesFor } from './cut-size.ts';
import {
  defaultBalancedCut,
  type Balance,
  type BalancedCutOptions,
  type CutFitOptions,
  type CutInput,
} from './options.ts';

/** For another balance, one cooling is made for this number of coolings with the asked one. */
const COOLINGS_PER_TRIAL = 3;

/**
 * When equal sizes count less than the cut, the first cooling starts from merged pieces, because large and small
 * classes are hard to find otherwise.
 */
const MERGED_BELOW = 1;

interface Settings {
  readonly clusters: number;
  readonly balance: Balance;
  readonly compactness: number;
  readonly nInit: number | undefined;
  readonly maxIterations: number | undefined;
  readonly seed: number;
}

/** The settings of each cooling. */
interface CoolingOptions extends CutFitOptions {
  readonly nInit: number;
  readonly sweeps: number;
}

/** The possible reasons for clusters without points. */
const WHY_UNUSED = 'there may be fewer distinct points than clusters, or a greater balance may fill them';

/** The best of coolings with one balance. */
type Cut = Annealed & BalanceTrial;

/**
 * Clusters of an embedding by its neighbor graph: the K groups that separate the fewest neighbors, are almost equal in
 * size, and are compact in the points themselves. It minimizes
 *
 *     cut + balance * imbalance + compactness * dispersion
 *
 * with the share of the edges' weight between groups; sum p log(K p) over the groups' shares p of the points; and the
 * share of the points' inertia that is left inside groups. The cut finds shapes that centroids cannot describe. But
 * when heaps share no edge, the cut cannot tell which of them belong together, and distances between them in an
 * embedding mean little. Equal sizes and the points' own distances can tell.
 *
 * First k-means puts the points into many small pieces, and the graph is coarsened to them (as in multilevel
 * partitioning: Karypis & Kumar, SIAM J. Sci. Comput. 20, 1998); then the pieces are annealed. Equal sizes are an
 * assumption, as in information maximization (Krause, Perona & Gomes, NIPS 2010): it is given up when the graph shows
 * that sizes differ, and a warning says so.
 *
 * @example
 * const umap = await new Umap({ dimensions: 10, engine }).fit(codes);
 * const model = await new BalancedCut({ clusters: 10, engine }).fit({ embedding: umap.embedding, graph: umap.graph, points });
 */
export class BalancedCut {
  readonly #settings: Settings;
  readonly #pieces: number;
  readonly #engine: Engine | undefined;

  /** @throws {InvalidArgumentError} when a setting is out of range */
  constructor(options: BalancedCutOptions) {
    const {
      clusters,
      balance = defaultBalancedCut.balance,
      compactness = defaultBalancedCut.compactness,
      nInit,
      maxIterations,
      seed = 0,
    } = options;
    this.#settings = {
      clusters: requireWholeNumber('clusters', clusters, 1),
      balance: balance === 'auto' ? balance : requireNonNegative('balance', balance),
      compactness: requireNonNegative('compactness', compactness),
      nInit: nInit === undefined ? nInit : requireWholeNumber('nInit', nInit, 1),
      maxIterations:
        maxIterations === undefined ? maxIterations : requireWholeNumber('maxIterations', maxIterations, 1),
      seed: requireWholeNumber('seed', seed, 0),
    };
    this.#pieces = requireWholeNumber('pieces', options.pieces ?? piecesFor(clusters), clusters);
    this.#engine = options.engine;
  }

  /**
   * @throws {InvalidArgumentError} when there are fewer points than clusters
   * @throws {UnsupportedError} when there are more than 23,170 pieces
   * @throws {ShapeError} when embedding, graph and points have different numbers of points
   * @throws {DataError} when values are NaN or infinite
   * @throws the signal's reason when it is aborted
   */
  async fit(input: CutInput, { signal, onProgress }: CutFitOptions = {}): Promise<BalancedCutModel> {
    const { embedding, graph, points = embedding } = input;
    const { clusters, seed } = this.#settings;
    requireEqual(embedding.rows, graph.offsets.length - 1, points.rows);
    if (embedding.rows < clusters) {
      throw new InvalidArgumentError(`${clusters} clusters need as many points; got ${embedding.rows}.`);
    }
    assertFinite(points);
    const count = Math.min(this.#pieces, embedding.rows);
    requireHeld(`A table of ${count} by ${count} pieces`, count ** 2, 'Ask for fewer clusters or pieces.');
    const effort = effortFor(count);
    const { nInit = effort.nInit, maxIterations: sweeps = effort.sweeps } = this.#settings;
    const kmeans = new KMeans({ clusters: count, nInit: 1, seed, engine: this.#engine });
    const pieces = await kmeans.fit(embedding, { signal, onProgress });
    const coarse = await coarsen(graph, points, { pieceOf: pieces.labels, pieces: count, signal });
    const { best, trials, warnings } = await this.#cut(coarse, { nInit, sweeps, signal, onProgress });
    const clusterOf = inOrderOfPoints(best.clusterOf, pieces.labels, clusters);
    const labels = pieces.labels.map((piece) => clusterOf[piece]);
    return new BalancedCutModel({
      clusters,
      pieces,
      clusterOf,
      measures: best.measures,
      balance: best.balance,
      trials,
      value: best.value,
      history: best.history,
      iterations: sweeps,
      warnings: [...warnings, ...warnOfUnusedClusters(labels, clusters, WHY_UNUSED)],
    });
  }

  /** The cut with the asked balance, or with the one that the graph suggests, and the warnings about it. */
  async #cut(graph: CoarseGraph, options: CoolingOptions) {
    const { nInit } = options;
    const { balance } = this.#settings;
    const auto = balance === 'auto';
    const asked = await this.#coolings(graph, auto ? BALANCES[0] : balance, nInit, options);
    const cuts: [Cut, ...Cut[]] = [asked];
    // One cluster is always equal in size.
    const lower = this.#settings.clusters > 1 ? BALANCES.filter((level) => level < asked.balance) : [];
    for (const level of lower) {
      cuts.push(await this.#coolings(graph, level, Math.ceil(nInit / COOLINGS_PER_TRIAL), options));
    }
    // K clusters were asked for, so a balance that leaves more of them empty is not better.
    const wanted = filledClusters(graph, asked);
    const [, ...others] = cuts;
    const chosen = chooseTrial([asked, ...others.filter((cut) => filledClusters(graph, cut) >= wanted)]);
    const trials = cuts.map((cut) => ({ balance: cut.balance, measures: cut.measures }));
    if (chosen === asked) return { best: asked, trials, warnings: [] };
    if (!auto) return { best: asked, trials, warnings: [describeDoubt(asked, chosen)] };
    const best = await this.#coolings(graph, chosen.balance, nInit, options);
    return { best, trials, warnings: [describeChoice(asked, best)] };
  }

  /** The best of this number of coolings; of equal ones, the first. */
  async #coolings(
    graph: CoarseGraph,
    balance: number,
    count: number,
    { sweeps, signal, onProgress }: CoolingOptions,
  ): Promise<Cut> {
    const { clusters, compactness, seed } = this.#settings;
    const random = new Random(seed);
    let best: Annealed | undefined;
    const merged =
      balance < MERGED_BELOW
        ? await inTurns(mergePieces(graph, clusters, { balance, compactness }), signal)
        : undefined;
    for (let start = 0; start < count; start++) {
      const found = await anneal(graph, {
        clusters,
        balance,
        compactness,
        sweeps,
        random: new Random(random.seed()),
        start: start === 0 ? merged : undefined,
        signal,
        onSweeps: (done) =>
          onProgress?.({
            phase: 'cut',
            completed: start * sweeps + done,
            total: count * sweeps,
            message: `balance ${balance}` + (best ? `, value ${best.value.toPrecision(6)}` : ''),
          }),
      });
      if (best === undefined || found.value < best.value) best = found;
    }
    return { ...best!, balance };
  }
}

function requireEqual(embedded: number, vertices: number, points: number): void {
  if (embedded === vertices && embedded === points) return;
  throw new ShapeError(
    `The embedding has ${embedded} points, the graph ${vertices} and the points to be compact in ${points}; give the same points to all.`,
  );
}

/** The number of clusters with points: a piece may be empty. */
function filledClusters({ sizes }: CoarseGraph, { clusterOf }: Cut): number {
  return new Set(clusterOf.filter((_, piece) => sizes[piece] > 0)).size;
}

/** Numbers clusters by their first points, so that the numbers do not depend on the search. */
function inOrderOfPoints(clusterOf: Uint32Array, pieceOf: Uint32Array, clusters: number): Uint32Array {
  const numbers = new Map<number, number>();
  for (const piece of pieceOf) {
    const cluster = clusterOf[piece];
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
  }
  // A cluster without points may have empty pieces.
  for (let cluster = 0; cluster < clusters; cluster++) {
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
  }
  return clusterOf.map((cluster) => numbers.get(cluster)!);
}
