import { Destroyable } from '../../../destroyable.ts';
import { StateError } from '../../../errors.ts';
import { copyParameters } from '../../arithmetic/copy-parameters.ts';
import { EmSteps } from '../../arithmetic/em-steps.ts';
import { initialResponsibilities } from '../../arithmetic/initial-responsibilities.ts';
import { finishMStep, secondMomentLength } from '../../arithmetic/m-step.ts';
import { precisionFactors, type PrecisionFactors } from '../../arithmetic/precisions.ts';
import type { Matrix } from '../../../matrix.ts';
import type { PartedPoints } from '../../../parts/parted-points.ts';
import type {
  CovarianceType,
  EmIteration,
  GaussianMixtureParameters,
  GaussianMixtureSession,
  GaussianMixtureSessionOptions,
  ResponsibilitySource,
  SufficientStatistics,
} from '../../mixture/session.ts';
import { assertLength, assertParameters, assertRowIndices } from '../../session-input.ts';
import { inTurns } from '../../../chunks.ts';
import { forEachPoint, rowsOf } from '../for-each-point.ts';
import { SessionLife, type EngineLife } from '../life.ts';

const LOG_2_PI = Math.log(2 * Math.PI);

/** Gaussian mixtures in plain loops and float64. Every other engine is compared with it. */
export class ReferenceGaussianMixtureSession extends Destroyable implements GaussianMixtureSession {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;

  readonly #life: SessionLife;
  readonly #points: Matrix | PartedPoints;
  readonly #weights: Float32Array | undefined;
  readonly #regCovar: number;
  readonly #signal: AbortSignal | undefined;
  readonly #labels: Uint32Array;
  readonly #logLikelihoods: Float64Array;
  #parameters: GaussianMixtureParameters | undefined;
  #precisions: PrecisionFactors | undefined;
  readonly #steps = new EmSteps();

  constructor(points: Matrix | PartedPoints, options: GaussianMixtureSessionOptions, life: EngineLife) {
    super();
    this.#life = new SessionLife('mixture session', life);
    this.rows = points.rows;
    this.columns = points.columns;
    this.components = options.components;
    this.covarianceType = options.covarianceType;
    this.#points = points;
    this.#weights = options.weights;
    this.#regCovar = options.regCovar;
    this.#signal = options.signal;
    this.#labels = new Uint32Array(points.rows);
    this.#logLikelihoods = new Float64Array(points.rows);
  }

  async initialize(source: ResponsibilitySource): Promise<void> {
    this.#life.assertAlive();
    if (source.kind === 'labels') assertLength('The labels', source.labels, this.rows);
    const initial = initialResponsibilities(source);
    const fill: RowResponsibilities<void> = (_, i, out) => {
      initial(i, out);
    };
    // Around the origin first, which gives the means; then around the means, without cancellation.
    const about = new Float64Array(this.components * this.columns);
    const rough = await this.#finish(await this.#accumulate(about, fill));
    await this.#adopt(await this.#finish(await this.#accumulate(rough.means, fill)));
    this.#steps.restart();
  }

  async writeParameters(parameters: GaussianMixtureParameters): Promise<void> {
    this.#life.assertAlive();
    assertParameters(parameters, this);
    await this.#adopt(copyParameters(parameters));
    this.#steps.restart();
  }

  async readParameters(): Promise<GaussianMixtureParameters> {
    return copyParameters(this.#ready().parameters);
  }

  async step(count: number, tolerance: number): Promise<readonly EmIteration[]> {
    return this.#steps.run(count, tolerance, async () => {
      const { parameters } = this.#ready();
      let bound = 0;
      let total = 0;
      const posterior = this.#posterior();
      const statistics = await this.#accumulate(parameters.means, (row, i, out) => {
        bound += this.#weight(i) * posterior(row, i, out);
        total += this.#weight(i);
      });
      await this.#adopt(await this.#finish(statistics));
      return bound / total;
    });
  }

  async evaluate(): Promise<EmIteration> {
    const posterior = this.#posterior();
    const responsibilities = new Float64Array(this.components);
    let bound = 0;
    let total = 0;
    await this.#forEachPoint((row, i) => {
      const logLikelihood = posterior(row, i, responsibilities);
      let label = 0;
      for (let k = 1; k < this.components; k++) if (responsibilities[k] > responsibilities[label]) label = k;
      this.#labels[i] = label;
      this.#logLikelihoods[i] = logLikelihood;
      bound += this.#weight(i) * logLikelihood;
      total += this.#weight(i);
    });
    return { lowerBound: bound / total };
  }

  async readLabels(): Promise<Uint32Array> {
    this.#life.assertAlive();
    return this.#labels.slice();
  }

  async readLogLikelihoods(): Promise<Float32Array> {
    this.#life.assertAlive();
    return Float32Array.from(this.#logLikelihoods);
  }

  async responsibilities(start: number, count: number): Promise<Float32Array> {
    const rows = Uint32Array.from({ length: count }, (_, i) => start + i);
    assertRowIndices(rows, this.rows);
    const points = await rowsOf(this.#points, rows, this.#signal);
    const posterior = this.#posterior();
    const one = new Float64Array(this.components);
    const out = new Float32Array(count * this.components);
    for (let i = 0; i < count; i++) {
      posterior(points.subarray(i * this.columns, (i + 1) * this.columns), start + i, one);
      out.set(one, i * this.components);
    }
    return out;
  }

  destroy(): void {
    this.#life.end();
  }

  #finish(statistics: SufficientStatistics): Promise<GaussianMixtureParameters> {
    return inTurns(finishMStep(statistics, this.#regCovar), this.#signal);
  }

  async #adopt(parameters: GaussianMixtureParameters): Promise<void> {
    const { covarianceType, components, columns } = this;
    const work = precisionFactors(parameters.covariances, covarianceType, components, columns);
    this.#precisions = await inTurns(work, this.#signal);
    this.#parameters = parameters;
  }

  /**
   * The E-step for one point: fills its responsibilities and returns log p(x), by log-sum-exp over
   * log weight + log |precision|^(1/2) - D/2 log 2 pi - |L^-1 (x - mean)|^2 / 2.
   */
  #posterior(): RowResponsibilities<number> {
    const { columns, components, covarianceType } = this;
    const { parameters, precisions } = this.#ready();
    const logWeights = parameters.weights.map(Math.log);
    const { means } = parameters;
    const { factors, logDeterminants } = precisions;
    const centered = new Float64Array(columns);
    return (row, _, out) => {
      let highest = -Infinity;
      for (let k = 0; k < components; k++) {
        for (let j = 0; j < columns; j++) centered[j] = row[j] - means[k * columns + j];
        const mahalanobis = squaredMahalanobis(centered, factors, covarianceType, k);
        out[k] = logWeights[k] + logDeterminants[k] - 0.5 * (columns * LOG_2_PI + mahalanobis);
        highest = Math.max(highest, out[k]);
      }
      let sum = 0;
      for (let k = 0; k < components; k++) sum += out[k] = Math.exp(out[k] - highest);
      for (let k = 0; k < components; k++) out[k] /= sum;
      return highest + Math.log(sum);
    };
  }

  /** Responsibility-weighted moments about `shift` (K x D), the responsibilities filled row by row. */
  async #accumulate(shift: Float64Array, fill: RowResponsibilities<void>): Promise<SufficientStatistics> {
    const { columns, components, covarianceType } = this;
    const counts = new Float64Array(components);
    const first = new Float64Array(components * columns);
    const second = new Float64Array(secondMomentLength(covarianceType, components, columns));
    const centered = new Float64Array(columns);
    const responsibilities = new Float64Array(components);
    await this.#forEachPoint((row, i) => {
      fill(row, i, responsibilities);
      const weight = this.#weight(i);
      for (let k = 0; k < components; k++) {
        const share = weight * responsibilities[k];
        if (share === 0) continue;
        counts[k] += share;
        for (let j = 0; j < columns; j++) {
          centered[j] = row[j] - shift[k * columns + j];
          first[k * columns + j] += share * centered[j];
        }
        addSecondMoment(second, centered, share, covarianceType, k);
      }
    });
    return { covarianceType, components, columns, shift, counts, first, second };
  }

  #ready(): { readonly parameters: GaussianMixtureParameters; readonly precisions: PrecisionFactors } {
    this.#life.assertAlive();
    if (this.#parameters === undefined || this.#precisions === undefined) {
      throw new StateError(
        'This mixture has no parameters yet; call initialize() or writeParameters() first.',
      );
    }
    return { parameters: this.#parameters, precisions: this.#precisions };
  }

  #weight(i: number): number {
    return this.#weights === undefined ? 1 : this.#weights[i];
  }

  #forEachPoint(visit: (row: Float64Array, i: number) => void): Promise<void> {
    const { columns, components, covarianceType } = this;
    const triangular = covarianceType === 'full' || covarianceType === 'tied';
    const operations = components * columns * (triangular ? columns : 1);
    return forEachPoint(this.#points, operations, this.#signal, visit);
  }
}

/** Fills the responsibilities (K) of the point `row` with index `i`. */
type RowResponsibilities<Result> = (row: Float64Array, i: number, out: Float64Array) => Result;

function squaredMahalanobis(
  centered: Float64Array,
  factors: Float64Array,
  type: CovarianceType,
  k: number,
): number {
  const d = centered.length;
  let sum = 0;
  switch (type) {
    case 'full':
    case 'tied': {
      const block = type === 'full' ? k * d * d : 0;
      for (let a = 0; a < d; a++) {
        let y = 0;
        for (let b = 0; b <= a; b++) y += factors[block + a * d + b] * centered[b];
        sum += y * y;
      }
      return sum;
    }
    case 'diag':
      for (let j = 0; j < d; j++) sum += (centered[j] * factors[k * d + j]) ** 2;
      return sum;
    case 'spherical':
      for (let j = 0; j < d; j++) sum += (centered[j] * factors[k]) ** 2;
      return sum;
  }
}

function addSecondMoment(
  second: Float64Array,
  centered: Float64Array,
  share: number,
  type: CovarianceType,
  k: number,
): void {
  const d = centered.length;
  if (type === 'full' || type === 'tied') {
    const block = type === 'full' ? k * d * d : 0;
    for (let a = 0; a < d; a++) {
      const scaled = share * centered[a];
      for (let b = 0; b <= a; b++) second[block + a * d + b] += scaled * centered[b];
    }
  } else {
    for (let j = 0; j < d; j++) second[k * d + j] += share * centered[j] * centered[j];
  }
}
