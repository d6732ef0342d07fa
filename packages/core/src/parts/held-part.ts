import { Destroyable } from '../destroyable.ts';
import { narrowLabels } from '../engine/arithmetic/narrow-labels.ts';
import { addSeedTotals } from '../engine/arithmetic/seed-totals.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansPartSession } from '../engine/kmeans/part-session.ts';
import type { Matrix } from '../matrix.ts';
import { movePoints } from '../origin/move-points.ts';
import { scaleHostRows } from '../scaling/apply-scaling.ts';
import { openMergedPart } from './merged-part.ts';
import {
  centroidsName,
  drawName,
  seedsName,
  SETUP_ARRAYS,
  type PartAnswer,
  type PartQuestion,
  type PartSetup,
  type SeedsSoFar,
  type SharedArrays,
} from './part-host.ts';
import { rangeWithin } from './range-within.ts';
import { Survey } from './survey.ts';

/** Where a part lies among all parts. */
export interface PartPlace {
  readonly index: number;
  /** Number of its first row among all rows. */
  readonly start: number;
}

type SessionQuestion = Exclude<PartQuestion, { readonly kind: 'survey' }>;

/**
 * Answers a survey.
 *
 * @throws like `Survey.add`
 */
export async function surveyOfPart(
  part: Matrix,
  { start }: PartPlace,
  { scalesToUnit, wanted }: Extract<PartQuestion, { readonly kind: 'survey' }>,
  arrays: SharedArrays,
): Promise<Float64Array> {
  const survey = new Survey(part.columns, Array.from(await arrays.get(wanted)));
  const scaled = scalesToUnit ? await scaleHostRows(part, { kind: 'unit' }) : part;
  await survey.add(scaled, start, undefined);
  return survey.toArray(start, part.rows);
}

/**
 * A part in a session of this process, for whoever asks from outside. What it knows from earlier questions spares work, but
 * nothing depends on it: a part that is opened anew gives the same answers to the last bit.
 */
export class HeldPart extends Destroyable {
  readonly #session: KMeansPartSession;
  readonly #place: PartPlace;
  readonly #setup: PartSetup;
  /** The blocks of seeds that its distances include. */
  #seeds: SeedsSoFar | undefined;
  /** The last assignment, and its answer where it was asked for. */
  #assigned: { readonly number: number; readonly answer?: BigInt64Array } | undefined;

  /**
   * Opens a session of a part.
   *
   * @param part as it was read
   * @throws like `Engine.createKMeans`
   */
  static async open(
    engine: Engine,
    part: Matrix,
    place: PartPlace,
    setup: PartSetup,
    arrays: SharedArrays,
  ): Promise<HeldPart> {
    const { session, rows, scalesToUnit, hasOrigin, clusters, unitCentroids, precision } = setup;
    const names = hasOrigin ? SETUP_ARRAYS : SETUP_ARRAYS.slice(0, -1);
    const [center, least, greatest, origin] = await Promise.all(
      names.map((name) => arrays.get(`${session}/${name}`)),
    );
    const scaled = scalesToUnit ? await scaleHostRows(part, { kind: 'unit' }) : part;
    const moved = await movePoints(scaled, origin, engine);
    const open = engine.createKMeansPart?.bind(engine) ?? openMergedPart.bind(undefined, engine);
    const opened = await open(moved, {
      clusters,
      unitCentroids,
      precision,
      center,
      whole: { rows, least, greatest, greatestWeight: 1 },
    });
    return new HeldPart(opened, place, setup);
  }

  private constructor(session: KMeansPartSession, place: PartPlace, setup: PartSetup) {
    super();
    this.#session = session;
    this.#place = place;
    this.#setup = setup;
  }

  async answer(question: SessionQuestion, arrays: SharedArrays): Promise<PartAnswer> {
    const session = this.#session;
    switch (question.kind) {
      case 'moments':
        return session.momentTotals();
      case 'seeds':
        return this.#passSeeds(question, arrays);
      case 'draw':
        return this.#draw(question, arrays);
      case 'seedWeights': {
        const { seeds, count } = question;
        await this.#addSeeds(seeds, seeds.count, arrays);
        const totals = new Float64Array(count);
        addSeedTotals(totals, session.seedState().nearest, undefined, this.#setup.rows);
        return totals;
      }
      case 'assign':
        return this.#assign(question, arrays);
      case 'labels':
        await this.#restore(question.assignment, arrays);
        return narrowLabels(await session.readLabels(), session.clusters);
      case 'distances':
        await this.#restore(question.assignment, arrays);
        return session.readDistances();
      case 'distanceSums': {
        await this.#restore(question.assignment, arrays);
        return session.distanceSums(bigIntsOf(await arrays.get(question.moments)));
      }
      case 'toCentroids': {
        const { start } = this.#place;
        const range = { start, rows: session.rows };
        const { first, end } = rangeWithin(range, question.start, question.count);
        session.moveTo(await arrays.get(question.centroids));
        return session.distancesToCentroids(first - start, end - first);
      }
    }
  }

  destroy(): void {
    this.#session.destroy();
  }

  async #passSeeds(
    { seeds, candidates, step }: Extract<PartQuestion, { readonly kind: 'seeds' }>,
    arrays: SharedArrays,
  ): Promise<Float64Array> {
    await this.#addSeeds(seeds, seeds.count - 1, arrays);
    const values = candidates === undefined ? new Float64Array() : await arrays.get(candidates);
    let { added, first } = await this.#lastSeeds(seeds, arrays);
    if (values.length > 0 && added.length > this.#session.columns) {
      // One seed may come with candidates, but not more.
      await this.#session.passSeeds(added, first, [], step);
      [added, first] = [new Float64Array(), 0];
    }
    const { mass, greatest, potentials } = await this.#session.passSeeds(added, first, values, step);
    return Float64Array.of(mass, greatest, ...potentials);
  }

  async #draw(
    { seeds, draws, step }: Extract<PartQuestion, { readonly kind: 'draw' }>,
    arrays: SharedArrays,
  ): Promise<Float64Array> {
    await this.#addSeeds(seeds, seeds.count - 1, arrays);
    const { added, first } = await this.#lastSeeds(seeds, arrays);
    await this.#session.passSeeds(added, first, [], step);
    const [before, ...targets] = await arrays.get(drawName(draws, this.#place.index));
    const rows = this.#session.drawSeedRows(Float64Array.from(targets), before, step);
    return joined(rows, await this.#session.readRows(rows));
  }

  /** Adds the blocks of seeds that the part does not have yet, up to a number of them. */
  async #addSeeds({ epoch }: SeedsSoFar, count: number, arrays: SharedArrays): Promise<void> {
    this.#assigned = undefined;
    if (this.#seeds?.epoch !== epoch) {
      await this.#session.resetSeeds();
      this.#seeds = { epoch, count: 0 };
    }
    for (let block = this.#seeds.count; block < count; block++) {
      const { added, first } = splitSeeds(await arrays.get(seedsName(this.#setup, epoch, block)));
      // Distances do not depend on the step.
      await this.#session.passSeeds(added, first, [], 1);
      this.#seeds = { epoch, count: block + 1 };
    }
  }

  /** The last block of seeds, if the part does not have it; the caller adds it. */
  async #lastSeeds(
    { epoch, count }: SeedsSoFar,
    arrays: SharedArrays,
  ): Promise<{ added: Float64Array; first: number }> {
    if (count === 0 || this.#seeds?.count === count) return { added: new Float64Array(), first: 0 };
    const last = splitSeeds(await arrays.get(seedsName(this.#setup, epoch, count - 1)));
    this.#seeds = { epoch, count };
    return last;
  }

  async #assign(
    { assignment, before }: Extract<PartQuestion, { readonly kind: 'assign' }>,
    arrays: SharedArrays,
  ): Promise<BigInt64Array> {
    if (this.#assigned?.number === assignment && this.#assigned.answer) return this.#assigned.answer;
    const centroids = await arrays.get(centroidsName(this.#setup, assignment));
    if (before === undefined) await this.#session.writeCentroids(centroids);
    else {
      await this.#restore(before, arrays);
      this.#session.moveTo(centroids);
    }
    this.#seeds = undefined;
    this.#assigned = undefined;
    const { changed } = await this.#session.assignPart();
    const totals = this.#session.clusterTotals();
    const answer = new BigInt64Array(totals.length + 1);
    answer.set(totals);
    answer[totals.length] = BigInt(changed);
    this.#assigned = { number: assignment, answer };
    return answer;
  }

  /** Makes an assignment again, unless it was the last one here. */
  async #restore(assignment: number, arrays: SharedArrays): Promise<void> {
    if (this.#assigned?.number === assignment) return;
    const centroids = await arrays.get(centroidsName(this.#setup, assignment));
    if (this.#assigned) this.#session.moveTo(centroids);
    else await this.#session.writeCentroids(centroids);
    this.#seeds = undefined;
    this.#assigned = undefined;
    await this.#session.assignPart();
    this.#assigned = { number: assignment };
  }
}

/** The number of the first seed of a block, and the seeds, row-major. */
function splitSeeds(block: Float64Array): { added: Float64Array; first: number } {
  return { added: block.subarray(1), first: block[0] };
}

function joined(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Integers whose bits are shared as those of doubles. */
function bigIntsOf({ buffer, byteOffset, length }: Float64Array): BigInt64Array {
  return new BigInt64Array(buffer, byteOffset, length);
}
