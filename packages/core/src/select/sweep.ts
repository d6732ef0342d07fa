import { createReferenceEngine } from '../engine/reference/index.ts';
import type { Engine } from '../engine/engine.ts';
import { InvalidArgumentError } from '../errors.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import type { GaussianMixtureOptions } from '../gmm/types.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import type { KMeansOptions } from '../kmeans/types.ts';
import type { Matrix } from '../matrix.ts';
import { silhouetteScore } from '../metrics/silhouette.ts';
import type { ProgressListener } from '../progress.ts';
import { requireOneOf, requireWholeNumber } from '../validation.ts';
import { gapStatistic, pickByGap, type Gap } from './gap-statistic.ts';
import { stability } from './stability.ts';

export const SWEEP_CRITERIA = ['bic', 'aic', 'silhouette', 'gap', 'stability'] as const;

/**
 * What a number of clusters is chosen by: `bic` and `aic` of mixtures, `gap` of k-means, `silhouette` and `stability` of
 * both.
 */
export type SweepCriterion = (typeof SWEEP_CRITERIA)[number];

/** What the sweep itself sets of each fit. */
type Swept = 'seed' | 'engine';

/** How each number of clusters is tried. */
export type SweepMethod =
  | ({ readonly method: 'kmeans' } & Omit<KMeansOptions, Swept | 'clusters' | 'init'>)
  | ({ readonly method: 'gmm' } & Omit<GaussianMixtureOptions, Swept | 'components' | 'init'>);

export interface SweepOptions {
  /** Numbers of clusters, each at least 1 and once. */
  readonly clusters: readonly number[];
  /** Default k-means with its defaults. */
  readonly with?: SweepMethod | undefined;
  /** Seeds of the fits; stability needs two. Default 0, 1 and 2. */
  readonly seeds?: readonly number[] | undefined;
  /** Default all that the method and the number of seeds allow. */
  readonly criteria?: readonly SweepCriterion[] | undefined;
  /** Points that the silhouette is taken of; default 5,000. */
  readonly silhouetteSample?: number | undefined;
  /** Sets of points that the gap compares with; default 5. */
  readonly gapReferences?: number | undefined;
  /** What computes; default the reference engine. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Phase `sweep`; counts fits. */
  readonly onProgress?: ProgressListener | undefined;
}

/** One number of clusters. */
export interface SweepRow {
  readonly clusters: number;
  /** Of the fit with the best objective: inertia or mean log-likelihood. */
  readonly objective: number;
  /** Of all seeds, in their order. */
  readonly objectives: readonly number[];
  readonly bic?: number | undefined;
  readonly aic?: number | undefined;
  readonly silhouette?: number | undefined;
  readonly gap?: Omit<Gap, 'clusters'> | undefined;
  /** Mean and standard deviation of the pairwise adjusted Rand indices of the seeds. */
  readonly stability?: { readonly mean: number; readonly deviation: number } | undefined;
}

export interface Sweep {
  readonly method: SweepMethod['method'];
  readonly seeds: readonly number[];
  /** By number of clusters, ascending. */
  readonly rows: readonly SweepRow[];
  /** Number of clusters each criterion picks. */
  readonly picks: Readonly<Partial<Record<SweepCriterion, number>>>;
}

interface Fit {
  readonly labels: Uint32Array;
  readonly objective: number;
  readonly bic?: number | undefined;
  readonly aic?: number | undefined;
}

/**
 * Fits every number of clusters from every seed, and says which one each criterion would choose. Criteria disagree where
 * data have no one answer: a plot of them says more than a pick.
 *
 * @param points N x D, on the host
 * @throws {InvalidArgumentError} when an option is out of range, or a criterion does not go with the method
 * @throws like the `fit` of the method
 */
export async function sweep(points: Matrix, options: SweepOptions): Promise<Sweep> {
  const { seeds = [0, 1, 2], engine = createReferenceEngine(), signal, onProgress } = options;
  const method = options.with ?? { method: 'kmeans' };
  const clusters = checkedClusters(options.clusters);
  const criteria = checkedCriteria(method.method, seeds, options.criteria);
  const references = criteria.has('gap') ? (options.gapReferences ?? 5) : 0;
  const total = clusters.length * (seeds.length + references);
  let done = 0;
  const advance = (k: number, what: string): void => {
    onProgress?.({ phase: 'sweep', completed: ++done, total, message: `${k} clusters, ${what}` });
  };
  const rows: SweepRow[] = [];
  for (const k of clusters) {
    const fits: Fit[] = [];
    for (const seed of seeds) {
      fits.push(await fitOnce(points, method, k, { seed, engine, signal, criteria }));
      advance(k, `seed ${seed}`);
    }
    rows.push(await rowOf(points, method.method, k, fits, criteria, options));
  }
  const gaps = criteria.has('gap')
    ? await gapStatistic(points, {
        clusters,
        inertias: rows.map(({ objective }) => objective),
        references,
        seed: seeds[0],
        engine,
        signal,
        onFit: (count) => {
          advance(clusters[(count - 1) % clusters.length], 'reference');
        },
      })
    : [];
  const withGaps = rows.map((row, i) => (i < gaps.length ? { ...row, gap: withoutClusters(gaps[i]) } : row));
  return { method: method.method, seeds, rows: withGaps, picks: picksOf(withGaps, gaps, criteria) };
}

function checkedClusters(clusters: readonly number[]): readonly number[] {
  clusters.forEach((k) => requireWholeNumber('clusters', k, 1));
  const ascending = [...new Set(clusters)].sort((a, b) => a - b);
  if (ascending.length === 0 || ascending.length < clusters.length) {
    throw new InvalidArgumentError(
      `A sweep takes at least one number of clusters, each once; got [${clusters.join(', ')}].`,
    );
  }
  return ascending;
}

function checkedCriteria(
  method: SweepMethod['method'],
  seeds: readonly number[],
  criteria: readonly SweepCriterion[] | undefined,
): ReadonlySet<SweepCriterion> {
  requireOneOf('method', method, ['kmeans', 'gmm']);
  if (seeds.length === 0) throw new InvalidArgumentError('seeds is empty; give at least one.');
  const foreign: readonly SweepCriterion[] = method === 'gmm' ? ['gap'] : ['bic', 'aic'];
  const possible = SWEEP_CRITERIA.filter(
    (criterion) => !foreign.includes(criterion) && (criterion !== 'stability' || seeds.length > 1),
  );
  const impossible = criteria?.find(
    (criterion) => !possible.includes(requireOneOf('criterion', criterion, SWEEP_CRITERIA)),
  );
  if (impossible !== undefined) {
    throw new InvalidArgumentError(
      impossible === 'stability'
        ? 'Stability compares fits from at least two seeds; give more, or leave the criterion out.'
        : `The criterion ${impossible} is not one of ${method}; it has ${possible.join(', ')}.`,
    );
  }
  return new Set(criteria ?? possible);
}

async function fitOnce(
  points: Matrix,
  method: SweepMethod,
  clusters: number,
  place: {
    readonly seed: number;
    readonly engine: Engine;
    readonly signal: AbortSignal | undefined;
    readonly criteria: ReadonlySet<SweepCriterion>;
  },
): Promise<Fit> {
  const { seed, engine, signal, criteria } = place;
  if (method.method === 'kmeans') {
    const model = await new KMeans({ ...method, clusters, seed, engine }).fit(points, { signal });
    return { labels: model.labels, objective: model.inertia };
  }
  const model = await new GaussianMixture({ ...method, components: clusters, seed, engine }).fit(points, {
    signal,
  });
  return {
    labels: model.labels,
    objective: model.lowerBound,
    bic: criteria.has('bic') ? await model.bic(points, { signal }) : undefined,
    aic: criteria.has('aic') ? await model.aic(points, { signal }) : undefined,
  };
}

async function rowOf(
  points: Matrix,
  method: SweepMethod['method'],
  clusters: number,
  fits: readonly Fit[],
  criteria: ReadonlySet<SweepCriterion>,
  { silhouetteSample = 5000, seeds, signal }: SweepOptions,
): Promise<SweepRow> {
  const isBetter = (a: Fit, b: Fit): boolean =>
    method === 'kmeans' ? a.objective < b.objective : a.objective > b.objective;
  const best = fits.reduce((kept, fit) => (isBetter(fit, kept) ? fit : kept));
  const found = new Set(best.labels).size;
  const { mean, deviation } =
    criteria.has('stability') && fits.length > 1
      ? stability(fits.map(({ labels }) => labels))
      : { mean: undefined, deviation: undefined };
  return {
    clusters,
    objective: best.objective,
    objectives: fits.map(({ objective }) => objective),
    bic: best.bic,
    aic: best.aic,
    // One cluster, or one a point, has none.
    silhouette:
      criteria.has('silhouette') && found > 1 && found < points.rows
        ? await silhouetteScore(points, best.labels, {
            sampleSize: Math.min(silhouetteSample, points.rows),
            seed: seeds?.[0],
            signal,
          })
        : undefined,
    stability: mean === undefined ? undefined : { mean, deviation },
  };
}

function picksOf(
  rows: readonly SweepRow[],
  gaps: readonly Gap[],
  criteria: ReadonlySet<SweepCriterion>,
): Sweep['picks'] {
  const highest = (value: (row: SweepRow) => number | undefined): number | undefined =>
    rows.reduce<SweepRow | undefined>((best, row) => {
      const own = value(row);
      return own !== undefined && (best === undefined || own > value(best)!) ? row : best;
    }, undefined)?.clusters;
  const picks: Record<SweepCriterion, number | undefined> = {
    bic: highest(({ bic }) => bic && -bic),
    aic: highest(({ aic }) => aic && -aic),
    silhouette: highest(({ silhouette }) => silhouette),
    gap: gaps.length === 0 ? undefined : pickByGap(gaps),
    stability: mostStable(rows),
  };
  return Object.fromEntries(
    Object.entries(picks).filter(
      ([criterion, pick]) => pick !== undefined && criteria.has(criterion as SweepCriterion),
    ),
  );
}

/** Of equally stable numbers the largest: clusters that are joined stay as stable. One cluster always agrees with itself. */
function mostStable(rows: readonly SweepRow[]): number | undefined {
  const stable = rows.flatMap(({ clusters, stability }) =>
    clusters > 1 && stability ? [{ clusters, mean: stability.mean }] : [],
  );
  const most = Math.max(...stable.map(({ mean }) => mean));
  return stable.findLast(({ mean }) => mean === most)?.clusters;
}

function withoutClusters({ gap, error }: Gap): Omit<Gap, 'clusters'> {
  return { gap, error };
}
