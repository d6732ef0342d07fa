import type {
  ChoiceWithout,
  ClustererKind,
  ClusterModel,
  Objective,
  OwnChoice,
  SweptKind,
} from '../clusterer/clusterer.ts';
import { chosenKind, CLUSTERER_KINDS, type ClustererChoice } from '../clusterer/kinds.ts';
import { engineOrDefault } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { InvalidArgumentError } from '../errors.ts';
import { isNoCluster } from '../no-cluster.ts';
import { assertFinite, gatherRows, matrix, type Matrix } from '../matrix.ts';
import { drawSample, silhouetteScore } from '../metrics/silhouette.ts';
import { matrixOf, type MatrixLike } from '../points-like.ts';
import type { ProgressListener } from '../progress.ts';
import { scaleHostRows } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { requireOneOf, requireWholeNumber } from '../validation.ts';
import { gapStatistic, pickByGap, type Gap } from './gap-statistic.ts';
import { stability } from './stability.ts';

export const SWEEP_CRITERIA = ['bic', 'aic', 'silhouette', 'gap', 'stability'] as const;

/**
 * The criteria that choose a number of clusters: `bic` and `aic` of mixtures, `gap` of Euclidean k-means, `silhouette`
 * and `stability` of all kinds. Silhouettes and gaps are measured in the space of the clusters, after scaling.
 */
export type SweepCriterion = (typeof SWEEP_CRITERIA)[number];

/** The settings that the sweep itself decides. */
type Swept = 'clusters' | 'init';

/** How each number of clusters is tried: a kind of clustering that takes their number, and its settings without it. */
export type SweepMethod = ChoiceWithout<ClustererChoice, Swept> | OwnChoice;

export interface SweepOptions {
  /** Numbers of clusters, each at least 1 and at most the number of points, without repeats. */
  readonly clusters: readonly number[];
  /** Default k-means with its defaults. */
  readonly with?: SweepMethod | undefined;
  /** Seeds of the fits, without repeats; stability needs two. Default 0, 1 and 2. */
  readonly seeds?: readonly number[] | undefined;
  /** Default: all that the method and the number of seeds allow. */
  readonly criteria?: readonly SweepCriterion[] | undefined;
  /** Number of points for the silhouette, the same points for every number of clusters; at least 3, default 5,000. */
  readonly silhouetteSample?: number | undefined;
  /** Sets of points that the gap compares with, each clustered with as many starts as all seeds together; default 5. */
  readonly gapReferences?: number | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Phase `sweep`; counts fits. */
  readonly onProgress?: ProgressListener | undefined;
}

/** One number of clusters. */
export interface SweepRow {
  readonly clusters: number;
  /** Clusters that hold points in the best fit: fewer where there are fewer different points. */
  readonly found: number;
  /** Of the fit with the best objective: inertia or mean log-likelihood. */
  readonly objective: number;
  /** Of all seeds, in their order. */
  readonly objectives: readonly number[];
  readonly bic?: number | undefined;
  readonly aic?: number | undefined;
  /** Absent when the sample has one cluster only, or one cluster for each point. */
  readonly silhouette?: number | undefined;
  /** Absent when the inertia is 0, which makes the gap infinite. */
  readonly gap?: Omit<Gap, 'clusters'> | undefined;
  /**
   * Mean and standard deviation of the seeds' pairwise adjusted Rand indices; absent for one cluster only, and for one
   * cluster for each point.
   */
  readonly stability?: { readonly mean: number; readonly deviation: number } | undefined;
}

export interface Sweep {
  /** Name of the kind of clustering. */
  readonly method: string;
  /** Name of the number that its fits optimize: "inertia". */
  readonly objective: string;
  readonly seeds: readonly number[];
  /** By number of clusters, ascending. */
  readonly rows: readonly SweepRow[];
  /** Number of clusters each criterion picks. */
  readonly picks: Readonly<Partial<Record<SweepCriterion, number>>>;
}

/** The kind of the sweep, and its settings. */
interface Kind {
  readonly kind: ClustererKind;
  readonly swept: SweptKind<object>;
  readonly settings: object;
}

/** The settings that are the same for all numbers of clusters. */
interface Plan {
  readonly with: Kind;
  readonly clusters: readonly number[];
  readonly seeds: readonly number[];
  readonly criteria: ReadonlySet<SweepCriterion>;
  readonly silhouetteSample: number;
  readonly gapReferences: number;
  readonly engine: Engine;
  readonly signal: AbortSignal | undefined;
}

/**
 * Fits every number of clusters from every seed, and says which one each criterion would choose. Criteria disagree when
 * the data have no single answer: then a plot of them says more than one choice.
 *
 * @param given N x D, on the host: rows of numbers, `{ data, columns }` or a matrix
 * @throws {InvalidArgumentError} when an option is out of range, or a criterion does not apply to the method
 * @throws like the `fit` of the method
 */
export async function sweep(given: MatrixLike, options: SweepOptions): Promise<Sweep> {
  const points = matrixOf(given);
  const plan = await planOf(points, options);
  const { clusters, seeds, criteria, gapReferences, signal } = plan;
  const total = clusters.length * (seeds.length + (criteria.has('gap') ? gapReferences : 0));
  let done = 0;
  const advance = (k: number, what: string): void => {
    options.onProgress?.({ phase: 'sweep', completed: ++done, total, message: `${k} clusters, ${what}` });
  };

  const space = await spaceOf(points, plan);
  const drawn = drawSample(points.rows, Math.min(plan.silhouetteSample, points.rows), seeds[0]);
  const sample = { rows: drawn, points: matrix(gatherRows(space, drawn), drawn.length, space.columns) };
  const rows: SweepRow[] = [];
  let objective = '';
  for (const k of clusters) {
    const fits: ClusterModel[] = [];
    for (const seed of seeds) {
      signal?.throwIfAborted();
      fits.push(await fitOnce(points, k, seed, plan));
      advance(k, `seed ${seed}`);
    }
    objective = fits[0].objective.name;
    rows.push(await rowOf(points, fits, k, sample, plan));
  }
  const gaps = await gapsOf(space, rows, plan, advance);
  const complete = rows.map((row) => ({ ...row, gap: gaps.get(row.clusters) }));
  return {
    method: plan.with.kind.method,
    objective,
    seeds,
    rows: complete,
    picks: picksOf(complete, criteria),
  };
}

/** Options with their defaults, checked before any long work. */
async function planOf(points: Matrix, options: SweepOptions): Promise<Plan> {
  const { signal, silhouetteSample = 5000, gapReferences = 5 } = options;
  const chosen = sweptKind(options.with ?? { method: 'kmeans' });
  const { seeds: given = [0, 1, 2] } = options;
  const seeds = chosen.swept.isSeedless ? given.slice(0, 1) : given;
  options.clusters.forEach((k) => requireWholeNumber('clusters', k, 1));
  const clusters = [...new Set(options.clusters)].sort((a, b) => a - b);
  if (clusters.length === 0 || clusters.length < options.clusters.length) {
    throw new InvalidArgumentError(
      `A sweep takes at least one number of clusters, each once; got [${options.clusters.join(', ')}].`,
    );
  }
  const most = clusters[clusters.length - 1];
  if (most > points.rows) {
    throw new InvalidArgumentError(`${most} clusters need at least as many points; got ${points.rows}.`);
  }
  given.forEach((seed) => requireWholeNumber('seeds', seed, 0));
  if (given.length === 0 || new Set(given).size < given.length) {
    throw new InvalidArgumentError(`A sweep takes at least one seed, each once; got [${given.join(', ')}].`);
  }
  requireWholeNumber('silhouetteSample', silhouetteSample, 3);
  requireWholeNumber('gapReferences', gapReferences, 2);
  assertFinite(points);
  const criteria = checkedCriteria(chosen, seeds, options.criteria);
  const engine = await engineOrDefault(options.engine);
  return { with: chosen, clusters, seeds, criteria, silhouetteSample, gapReferences, engine, signal };
}

/** @throws {InvalidArgumentError} when there is no such kind, or it finds the number of clusters itself */
function sweptKind(choice: SweepMethod): Kind {
  const { kind, settings } = chosenKind(choice, CLUSTERER_KINDS);
  const { title, swept } = kind;
  if (swept === undefined) {
    throw new InvalidArgumentError(
      `A sweep tries numbers of clusters, but ${title} finds the number itself. Fit it once instead.`,
    );
  }
  return { kind, swept, settings };
}

function checkedCriteria(
  { kind: { method, title }, swept, settings }: Kind,
  seeds: readonly number[],
  criteria: readonly SweepCriterion[] | undefined,
): ReadonlySet<SweepCriterion> {
  const own: readonly SweepCriterion[] = swept.criteria(settings);
  const ofAll: readonly SweepCriterion[] = seeds.length > 1 ? ['silhouette', 'stability'] : ['silhouette'];
  const possible = SWEEP_CRITERIA.filter((criterion) => own.includes(criterion) || ofAll.includes(criterion));
  const impossible = criteria?.find(
    (criterion) => !possible.includes(requireOneOf('criterion', criterion, SWEEP_CRITERIA)),
  );
  if (impossible !== undefined) {
    throw new InvalidArgumentError(
      impossible === 'stability'
        ? swept.isSeedless
          ? `Stability compares fits from several seeds, but those of ${title} are all the same; leave the criterion out.`
          : 'Stability compares fits from at least two seeds; give more, or leave the criterion out.'
        : `The criterion ${impossible} does not apply to ${method} with these settings; it has ${possible.join(', ')}.`,
    );
  }
  return new Set(criteria ?? possible);
}

/** The points in the space of the clusters: after scaling, and on the unit sphere for spherical k-means. */
async function spaceOf(points: Matrix, { with: { swept, settings }, engine, signal }: Plan): Promise<Matrix> {
  let space = points;
  for (const scaling of swept.scalings(settings)) {
    space = await scaleHostRows(space, await fitScaling(space, scaling, engine, { signal }), signal);
  }
  return space;
}

async function fitOnce(
  points: Matrix,
  clusters: number,
  seed: number,
  { with: { kind, swept, settings }, engine, signal }: Plan,
): Promise<ClusterModel> {
  return kind.create(swept.withClusters(settings, clusters), { seed, engine }).fit({ points }, { signal });
}

function hasCluster(label: number): boolean {
  return !isNoCluster(label);
}

async function rowOf(
  points: Matrix,
  fits: readonly ClusterModel[],
  clusters: number,
  sample: { readonly rows: Uint32Array; readonly points: Matrix },
  { criteria, signal }: Plan,
): Promise<SweepRow> {
  const best = fits.reduce((kept, fit) => (isBetter(fit.objective, kept.objective) ? fit : kept));
  const found = new Set(best.labels.filter(hasCluster)).size;
  const sampled = sample.rows.map((row) => best.labels[row]);
  const clustered = sampled.filter(hasCluster);
  const inSample = new Set(clustered).size;
  const alike =
    criteria.has('stability') && found > 1 && found < points.rows
      ? stability(fits.map(({ labels }) => labels))
      : undefined;
  return {
    clusters,
    found,
    objective: best.objective.value,
    objectives: fits.map(({ objective }) => objective.value),
    bic: criteria.has('bic') ? await best.bic?.(points, { signal }) : undefined,
    aic: criteria.has('aic') ? await best.aic?.(points, { signal }) : undefined,
    silhouette:
      criteria.has('silhouette') && inSample > 1 && inSample < clustered.length
        ? await silhouetteScore(sample.points, sampled, { signal })
        : undefined,
    stability: alike && { mean: alike.mean, deviation: alike.deviation },
  };
}

/** Gaps by number of clusters; absent where the inertia is 0, which has no logarithm. */
async function gapsOf(
  space: Matrix,
  rows: readonly SweepRow[],
  { with: { swept, settings }, criteria, seeds, gapReferences: references, engine, signal }: Plan,
  advance: (clusters: number, what: string) => void,
): Promise<ReadonlyMap<number, Omit<Gap, 'clusters'>>> {
  const measured = rows.filter(({ objective, clusters }) => objective > 0 && clusters < space.rows);
  const kmeans = criteria.has('gap') ? swept.gap?.(settings) : undefined;
  if (kmeans === undefined || measured.length === 0) return new Map();
  const gaps = await gapStatistic(space, {
    clusters: measured.map(({ clusters }) => clusters),
    inertias: measured.map(({ objective }) => objective),
    // The points kept the best fit of all seeds.
    kmeans: { ...kmeans, nInit: (kmeans.nInit ?? 1) * seeds.length },
    references,
    seed: seeds[0],
    engine,
    signal,
    onFit: (count) => {
      advance(measured[(count - 1) % measured.length].clusters, 'reference');
    },
  });
  return new Map(gaps.map(({ clusters, gap, error }) => [clusters, { gap, error }]));
}

function isBetter(a: Objective, b: Objective): boolean {
  return a.better === 'less' ? a.value < b.value : a.value > b.value;
}

function picksOf(rows: readonly SweepRow[], criteria: ReadonlySet<SweepCriterion>): Sweep['picks'] {
  const picks: Record<SweepCriterion, () => number | undefined> = {
    bic: () => first(rows, ({ bic }) => bic),
    aic: () => first(rows, ({ aic }) => aic),
    silhouette: () => first(rows, ({ silhouette }) => silhouette && -silhouette),
    // Without a gap the inertia is 0: there are at least as many clusters as different points, which is not an answer.
    gap: () => {
      const known = rows.filter(({ clusters, found, gap }) => gap !== undefined || found === clusters);
      if (known.length === 0) return undefined;
      return pickByGap(known.map(({ clusters, gap }) => ({ clusters, gap: Infinity, error: 0, ...gap })));
    },
    stability: () => mostStable(rows),
  };
  const picked = SWEEP_CRITERIA.filter((criterion) => criteria.has(criterion)).map(
    (criterion) => [criterion, picks[criterion]()] as const,
  );
  return Object.fromEntries(picked.filter(([, pick]) => pick !== undefined));
}

/** The number of clusters of the least value; of equal ones the smallest number; undefined when there is no value. */
function first(rows: readonly SweepRow[], value: (row: SweepRow) => number | undefined): number | undefined {
  const least = Math.min(...rows.map((row) => value(row) ?? Infinity));
  return rows.find((row) => value(row) === least)?.clusters;
}

/**
 * Of equally stable numbers the largest: joining clusters does not make them less stable. Fits with empty clusters do
 * not count.
 */
function mostStable(rows: readonly SweepRow[]): number | undefined {
  const means = rows.map(({ clusters, found, stability }) =>
    found === clusters ? stability?.mean : undefined,
  );
  const most = Math.max(...means.map((mean) => mean ?? -Infinity));
  return rows.findLast((_, i) => means[i] === most)?.clusters;
}
