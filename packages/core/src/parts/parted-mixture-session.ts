import { inTurns } from '../chunks.ts';
import { Destroyable } from '../destroyable.ts';
import { copyParameters } from '../engine/arithmetic/copy-parameters.ts';
import { EmSteps } from '../engine/arithmetic/em-steps.ts';
import { finishMStep } from '../engine/arithmetic/m-step.ts';
import { precisionFactors } from '../engine/arithmetic/precisions.ts';
import type { Engine } from '../engine/engine.ts';
import type {
  CovarianceType,
  EmIteration,
  GaussianMixtureParameters,
  GaussianMixtureSession,
  GaussianMixtureSessionOptions,
  ResponsibilitySource,
  SufficientStatistics,
} from '../engine/mixture/session.ts';
import { assertLength, assertParameters, assertRowIndices } from '../engine/session-input.ts';
import { StateError } from '../errors.ts';
import type { Points } from '../matrix.ts';
import { areParted, type PartedPoints } from './parted-points.ts';
import { addStatistics, noStatistics, statisticsOfPart } from './part-statistics.ts';
import { PartRooms, sessionBytes, weighRoom, type WeighedRoom } from './part-rooms.ts';
import { rangeWithin } from './range-within.ts';

/** What a session of a mixture keeps of each row. */
const BYTES_PER_ROW = 16;

type MixtureRoom = WeighedRoom<GaussianMixtureSession>;

type PartedMixtureOptions = GaussianMixtureSessionOptions & {
  /** The same in all parts, so that their sums are about the same shifts. */
  readonly center: Float64Array;
};

/** Opens a session of a mixture of points in one piece or in parts, which the caller destroys. */
export async function openMixture(
  engine: Engine,
  points: Points | PartedPoints,
  options: GaussianMixtureSessionOptions,
): Promise<GaussianMixtureSession> {
  if (!areParted(points)) return engine.createGaussianMixture(points, options);
  const { center = new Float64Array(points.columns) } = options;
  return engine.inParts
    ? engine.inParts.createGaussianMixture(points, options)
    : new PartedMixtureSession(engine, points, { ...options, center });
}

/**
 * A mixture over points in parts: the sums of each part are added in the order of the parts, in float64. The same parts give
 * the same bits; other parts differ by the rounding of sums.
 */
class PartedMixtureSession extends Destroyable implements GaussianMixtureSession {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;
  readonly #rooms: PartRooms<GaussianMixtureSession, MixtureRoom>;
  readonly #options: PartedMixtureOptions;
  readonly #mass: number;
  readonly #labels: Uint32Array;
  #parameters: GaussianMixtureParameters | undefined;
  readonly #steps = new EmSteps();
  #isDestroyed = false;

  constructor(engine: Engine, points: PartedPoints, options: PartedMixtureOptions) {
    super();
    const { weights, signal } = options;
    this.rows = points.rows;
    this.columns = points.columns;
    this.components = options.components;
    this.covarianceType = options.covarianceType;
    this.#options = options;
    this.#labels = new Uint32Array(points.rows);
    this.#rooms = new PartRooms(points, {
      signal,
      copies: true,
      furnish: (room) => weighRoom(room, weights),
      costOf: (part) => sessionBytes(part, BYTES_PER_ROW),
      open: (part, { weights: own }) => engine.createGaussianMixture(part, { ...options, weights: own }),
    });
    this.#mass = this.#rooms.rooms.reduce((sum, { mass }) => sum + mass, 0);
  }

  async initialize(source: ResponsibilitySource): Promise<void> {
    this.#assertAlive();
    if (source.kind === 'labels') assertLength('The labels', source.labels, this.rows);
    const { center } = this.#options;
    // About the center first, which gives the means; then about the means, without cancellation.
    const about = Float64Array.from(
      { length: this.components * this.columns },
      (_, at) => center[at % this.columns],
    );
    const rough = await this.#finish((await this.#accumulate({ source, about })).statistics);
    const { statistics } = await this.#accumulate({ source, about: rough.means });
    this.#parameters = await this.#finish(statistics);
    this.#steps.restart();
    await this.#requireDefinite();
  }

  async writeParameters(parameters: GaussianMixtureParameters): Promise<void> {
    this.#assertAlive();
    assertParameters(parameters, this);
    this.#parameters = copyParameters(parameters);
    this.#steps.restart();
    await this.#requireDefinite();
  }

  async readParameters(): Promise<GaussianMixtureParameters> {
    return copyParameters(this.#ready());
  }

  async step(count: number, tolerance: number): Promise<readonly EmIteration[]> {
    return this.#steps.run(count, tolerance, async () => {
      this.#ready();
      const { likelihood, statistics } = await this.#accumulate(undefined);
      this.#parameters = await this.#finish(statistics);
      await this.#requireDefinite();
      return likelihood / this.#mass;
    });
  }

  async evaluate(): Promise<EmIteration> {
    let likelihood = 0;
    await this.#visit(async (session, { start, mass }) => {
      const { lowerBound } = await session.evaluate();
      likelihood += mass > 0 ? lowerBound * mass : 0;
      this.#labels.set(await session.readLabels(), start);
    });
    return { lowerBound: likelihood / this.#mass };
  }

  async readLabels(): Promise<Uint32Array> {
    this.#assertAlive();
    return this.#labels.slice();
  }

  async readLogLikelihoods(): Promise<Float32Array> {
    const found = new Float32Array(this.rows);
    await this.#visit(async (session, { start }) => {
      await session.evaluate();
      found.set(await session.readLogLikelihoods(), start);
    });
    return found;
  }

  async responsibilities(start: number, count: number): Promise<Float32Array> {
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const out = new Float32Array(count * this.components);
    await this.#visit(
      async (session, room) => {
        const { first, end } = rangeWithin(room, start, count);
        out.set(
          await session.responsibilities(first - room.start, end - first),
          (first - start) * this.components,
        );
      },
      (room) => rangeWithin(room, start, count).end > rangeWithin(room, start, count).first,
    );
    return out;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#rooms.destroy();
  }

  /** Visits parts with the current parameters. */
  async #visit(
    use: (session: GaussianMixtureSession, room: MixtureRoom) => Promise<void>,
    isWanted?: (room: MixtureRoom) => boolean,
  ): Promise<void> {
    const parameters = this.#ready();
    await this.#rooms.visit(async (session, room) => {
      await session.writeParameters(parameters);
      await use(session, room);
    }, isWanted);
  }

  /** The sums of all parts; with given responsibilities, those. */
  async #accumulate(
    given: { readonly source: ResponsibilitySource; readonly about: Float64Array } | undefined,
  ): Promise<{ readonly likelihood: number; readonly statistics: SufficientStatistics }> {
    const { regCovar } = this.#options;
    let total: SufficientStatistics | undefined;
    let likelihood = 0;
    const add = async (session: GaussianMixtureSession, room: MixtureRoom) => {
      const own = given && { about: given.about, source: sourceOf(given.source, room) };
      const found = await statisticsOfPart(session, { ...room, regCovar }, own);
      total ??= noStatistics({ ...found.statistics, shift: given?.about ?? this.#ready().means });
      addStatistics(total, found.statistics);
      likelihood += found.likelihood;
    };
    const counts = ({ mass }: MixtureRoom) => mass > 0;
    await (given ? this.#rooms.visit(add, counts) : this.#visit(add, counts));
    if (total === undefined) throw new StateError('No part has points that weigh anything.');
    return { likelihood, statistics: total };
  }

  #finish(statistics: SufficientStatistics): Promise<GaussianMixtureParameters> {
    return inTurns(finishMStep(statistics, this.#options.regCovar), this.#options.signal);
  }

  /** @throws {SingularCovarianceError} when a covariance is not positive definite */
  async #requireDefinite(): Promise<void> {
    const { covarianceType, components, columns } = this;
    const { covariances } = this.#ready();
    await inTurns(precisionFactors(covariances, covarianceType, components, columns), this.#options.signal);
  }

  #ready(): GaussianMixtureParameters {
    this.#assertAlive();
    if (this.#parameters === undefined) {
      throw new StateError(
        'This mixture has no parameters yet; call initialize() or writeParameters() first.',
      );
    }
    return this.#parameters;
  }

  #assertAlive(): void {
    if (this.#isDestroyed) throw new StateError('This mixture session was destroyed; create a new one.');
  }
}

/** Given responsibilities of a part. */
function sourceOf(source: ResponsibilitySource, { start, rows }: MixtureRoom): ResponsibilitySource {
  return source.kind === 'labels'
    ? { kind: 'labels', labels: source.labels.subarray(start, start + rows) }
    : { ...source, firstRow: start };
}
