import { addTotals, type ColumnMoments, type PartMeasures, type PartTotals } from '@shoal/core/engine-kit';
import type { SessionMemory } from '../memory.ts';
import type { PointPlace } from '../resident-points.ts';
import { setSquareQuanta, type FixedPointBasis } from './fixed-sums.ts';
import type { KMeansPlan } from './plan.ts';

/** Moments of points, in the kernels' units. */
export interface Moments {
  readonly totalWeight: number;
  /** Weighted sum of |x - shift|^2. */
  readonly inertia: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Moments of a session's points as integers; see assembly/fixed-moments.ts. */
export class FixedMoments {
  /** Greatest |x - shift| of the session's points. */
  readonly farthest: number;
  /** 3 x D + 1 integers. */
  readonly totals: PartTotals;
  readonly #place: PointPlace;
  readonly #quanta: Float64Array;
  readonly #unit: number;

  /**
   * One pass over the points; the quanta of the sums are set.
   *
   * @param areKnown whether the totals are known already: then they are 0 here
   * @param measures of the same points, which spare the pass when the totals are known
   */
  static async measure(
    plan: KMeansPlan,
    memory: SessionMemory,
    place: PointPlace,
    basis: FixedPointBasis,
    { areKnown = false, measures, signal }: MomentOptions,
  ): Promise<FixedMoments> {
    const { columns, rows, quanta, norms } = plan.globals;
    const squares = setSquareQuanta(plan, memory, place, basis);
    const sums = memory.doubles(quanta, columns + 1);
    const all = new Float64Array(3 * columns + 1);
    all.set(sums.subarray(0, columns));
    all.set(squares, columns);
    all[3 * columns] = sums[columns];
    const none = new BigInt64Array(all.length);
    if (areKnown && measures && (norms === 0 || measures.norms)) {
      if (measures.norms) memory.floats(norms, rows).set(measures.norms);
      return new FixedMoments(plan, place, all, none, measures.farthest);
    }
    await memory.run(areKnown ? 'normSlot' : 'momentSlot', plan.points.slots, signal);
    const totals = areKnown ? none : totalsOf(plan, memory);
    return new FixedMoments(plan, place, all, totals, farthestOf(plan, memory));
  }

  private constructor(
    { points }: KMeansPlan,
    place: PointPlace,
    quanta: Float64Array,
    totals: PartTotals,
    farthest: number,
  ) {
    this.#place = place;
    this.#quanta = quanta;
    this.#unit = points.unit;
    this.totals = totals;
    this.farthest = farthest;
  }

  /** What totals come to: those of these points, or of a whole. */
  conclude(totals: PartTotals): Moments {
    const { shift } = this.#place;
    const columns = shift.length;
    const values = Float64Array.from(totals, (total, at) => Number(total) * this.#quanta[at]);
    const weight = values[3 * columns];
    const squares = Float64Array.from(shift, (_, j) => values[columns + j] + values[2 * columns + j]);
    return {
      totalWeight: weight,
      inertia: squares.reduce((sum, square) => sum + square, 0),
      mean: Float64Array.from(shift, (value, j) => value + values[j] / weight),
      variance: squares.map((square, j) => Math.max(0, square / weight - (values[j] / weight) ** 2)),
    };
  }

  /** The same moments of the columns, in the coordinates of the matrix. */
  columnMoments(totals: PartTotals): ColumnMoments {
    const { mean, variance } = this.conclude(totals);
    return {
      mean: mean.map((value) => value * this.#unit),
      variance: variance.map((value) => value * this.#unit ** 2),
    };
  }
}

interface MomentOptions {
  readonly areKnown?: boolean | undefined;
  readonly measures?: PartMeasures | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Where a slot has its integers, and after them the greatest squared distance. */
function slotStart({ globals }: KMeansPlan, slot: number): number {
  return globals.slotMoments + 8 * slot * (3 * globals.columns + 2);
}

function totalsOf(plan: KMeansPlan, memory: SessionMemory): PartTotals {
  const { columns, rows, magics, squareMagics } = plan.globals;
  const length = 3 * columns + 1;
  const totals = new BigInt64Array(length);
  const sumMagics = memory.integers(magics, columns + 1);
  totals.set(sumMagics.subarray(0, columns));
  totals.set(memory.integers(squareMagics, 2 * columns), columns);
  totals[3 * columns] = sumMagics[columns];
  // Every row added the bits of a magic number, which are not part of the sum.
  totals.forEach((magic, at) => (totals[at] = -magic * BigInt(rows)));
  for (let slot = 0; slot < plan.points.slots; slot++) {
    addTotals(totals, memory.integers(slotStart(plan, slot), length));
  }
  return totals;
}

/** The greatest |x - shift|. */
function farthestOf(plan: KMeansPlan, memory: SessionMemory): number {
  const length = 3 * plan.globals.columns + 1;
  let farthest = 0;
  for (let slot = 0; slot < plan.points.slots; slot++) {
    farthest = Math.max(farthest, memory.doubles(slotStart(plan, slot), length + 1)[length]);
  }
  return Math.sqrt(farthest);
}
