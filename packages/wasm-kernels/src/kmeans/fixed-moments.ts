import type { ColumnMoments, PartTotals } from '@shoal/core/engine-kit';
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
   */
  static async measure(
    plan: KMeansPlan,
    memory: SessionMemory,
    place: PointPlace,
    basis: FixedPointBasis,
    {
      areKnown = false,
      signal,
    }: { readonly areKnown?: boolean | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<FixedMoments> {
    const { columns, quanta } = plan.globals;
    const squares = setSquareQuanta(plan, memory, place, basis);
    await memory.run(areKnown ? 'normSlot' : 'momentSlot', plan.points.slots, signal);
    const sums = memory.doubles(quanta, columns + 1);
    const all = new Float64Array(3 * columns + 1);
    all.set(sums.subarray(0, columns));
    all.set(squares, columns);
    all[3 * columns] = sums[columns];
    return new FixedMoments(plan, memory, place, all, areKnown);
  }

  private constructor(
    plan: KMeansPlan,
    memory: SessionMemory,
    place: PointPlace,
    quanta: Float64Array,
    areKnown: boolean,
  ) {
    const { points, globals } = plan;
    const { columns, rows, magics, squareMagics } = globals;
    this.#place = place;
    this.#quanta = quanta;
    this.#unit = points.unit;
    const length = 3 * columns + 1;
    const totals = new BigInt64Array(length);
    if (!areKnown) {
      const sumMagics = memory.integers(magics, columns + 1);
      totals.set(sumMagics.subarray(0, columns));
      totals.set(memory.integers(squareMagics, 2 * columns), columns);
      totals[3 * columns] = sumMagics[columns];
      // Every row added the bits of a magic number, which are not part of the sum.
      totals.forEach((magic, at) => (totals[at] = -magic * BigInt(rows)));
    }
    let farthest = 0;
    for (let slot = 0; slot < points.slots; slot++) {
      const start = globals.slotMoments + 8 * slot * (length + 1);
      if (!areKnown) memory.integers(start, length).forEach((value, at) => (totals[at] += value));
      farthest = Math.max(farthest, memory.doubles(start, length + 1)[length]);
    }
    this.totals = totals;
    this.farthest = Math.sqrt(farthest);
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
