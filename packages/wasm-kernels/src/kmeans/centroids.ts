import { greatestOf } from '@shoal/core/engine-kit';
import { writeTuning } from './tuning.ts';
import type { SessionMemory } from '../memory.ts';
import type { PointSummary } from '../resident-points.ts';
import type { KMeansPlan } from './plan.ts';
import {
  floatTuning,
  quantizationScales,
  quantizedTuning,
  type Extent,
  type Tuning,
} from './quantization.ts';

/** Greatest value of a bound, and of a drift; such a drift makes every bound useless. */
const MAX_BOUND = 65535;

/** The centroids of a session: float64 here, and in the forms that the kernels compare with. */
export class Centroids {
  /** K x D in the units of the matrix. */
  readonly values: Float64Array;
  readonly #plan: KMeansPlan;
  readonly #memory: SessionMemory;
  readonly #summary: PointSummary;
  readonly #extent: Extent;
  /** The value of `relative` when points were last assigned. */
  readonly #assigned: Float64Array;
  /** Units of a bound per unit of the points: no two points are farther apart than the greatest bound. */
  readonly #boundUnit: number;
  #isQuantized: boolean;

  constructor(plan: KMeansPlan, memory: SessionMemory, summary: PointSummary) {
    const { clusters, columns, isBytes, wordShift } = plan.globals;
    // The shift of bytes consists of whole numbers from 0 to 255.
    if (isBytes) memory.halfWords(wordShift, columns).set(summary.shift);
    this.values = new Float64Array(clusters * columns);
    this.#assigned = new Float64Array(clusters * columns);
    this.#plan = plan;
    this.#memory = memory;
    this.#summary = summary;
    this.#extent = { farthest: summary.farthest, reach: greatestOf(summary.reach) };
    this.#boundUnit = MAX_BOUND / Math.max(2.001 * summary.farthest, 1e-30);
    this.#isQuantized = plan.startsQuantized;
  }

  /** From now on keys are float32, because int16 cannot distinguish these points. */
  stopQuantizing(): void {
    this.#isQuantized = false;
    this.load();
  }

  get isQuantized(): boolean {
    return this.#isQuantized;
  }

  /** The centroids that points were last assigned to: K x D, relative to the shift, in the kernels' units. */
  get assigned(): Float64Array {
    return this.#assigned;
  }

  /** Records that all points are assigned to the loaded centroids, which did not move since. */
  settle(): void {
    const { clusters, groups, drifts, groupDrifts } = this.#plan.globals;
    this.#assigned.set(this.#relative);
    this.#memory.halfWords(drifts, clusters).fill(0);
    this.#memory.halfWords(groupDrifts, groups).fill(0);
  }

  /** Gives the kernels the centroids that points were last assigned to again, if they moved since. */
  async withAssigned(work: () => Promise<void>): Promise<void> {
    const moved = this.#relative.slice();
    this.#relative.set(this.#assigned);
    await work();
    this.#relative.set(moved);
  }

  /** The centroids now: K x D, relative to the shift, in the kernels' units. */
  get #relative(): Float64Array {
    const { clusters, columns, centers } = this.#plan.globals;
    return this.#memory.doubles(centers, clusters * columns);
  }

  /**
   * Gives the kernels the values, and how far each centroid moved since the last call.
   *
   * @returns whether the squared distances are finite in float32
   */
  load(): boolean {
    const { globals, points } = this.#plan;
    const { columns, clusters } = globals;
    const { shift } = this.#summary;
    const relative = this.#relative;
    const drifts = this.#memory.halfWords(globals.drifts, clusters);
    let farthest = 0;
    let reach = 0;
    for (let k = 0; k < clusters; k++) {
      let square = 0;
      let moved = 0;
      for (let j = 0; j < columns; j++) {
        const at = k * columns + j;
        const value = this.values[at] / points.unit - shift[j];
        moved += (value - relative[at]) ** 2;
        square += value * value;
        reach = Math.max(reach, Math.abs(value));
        relative[at] = value;
      }
      drifts[k] = Math.min(MAX_BOUND, Math.ceil(Math.sqrt(moved) * (1 + 1e-9) * this.#boundUnit));
      farthest = Math.max(farthest, square);
    }
    this.#setGroupDrifts(drifts);
    const extent = { farthest: Math.sqrt(farthest), reach };
    this.#pack(extent, globals.centerErrors, clusters, () => {
      this.#memory.kernels.packPanels(0, this.#plan.panels);
    });
    return (extent.farthest + this.#extent.farthest) ** 2 < 2 ** 126;
  }

  #setGroupDrifts(drifts: Uint16Array): void {
    const { clusters, groups, groupPanels, groupDrifts } = this.#plan.globals;
    const largest = this.#memory.halfWords(groupDrifts, groups);
    for (let group = 0; group < groups; group++) {
      const first = 4 * groupPanels * group;
      largest[group] = 0;
      for (let k = first; k < Math.min(clusters, first + 4 * groupPanels); k++) {
        largest[group] = Math.max(largest[group], drifts[k]);
      }
    }
  }

  /** Packs the first `count` candidates for the kernels; see assembly/candidates.ts. */
  packCandidates(count: number): void {
    const { candidateErrors } = this.#plan.globals;
    this.#pack(this.#extent, candidateErrors, count, () => {
      this.#memory.kernels.packCandidates(count);
    });
  }

  /**
   * @param extent largest lengths and coordinates of what is packed
   * @param errors address where `pack` writes the rounding error of each
   */
  #pack(extent: Extent, errors: number, count: number, pack: () => void): void {
    const { columns, isBytes } = this.#plan.globals;
    const tuning = floatTuning(columns, this.#extent, extent);
    if (!this.#isQuantized) {
      this.#tune(tuning);
      pack();
      return;
    }
    const scales = quantizationScales(this.#extent, extent, isBytes);
    this.#tune({ ...tuning, ...quantizedTuning(scales, columns, this.#extent, extent, 0, isBytes) });
    pack();
    const error = this.#memory.doubles(errors, count).reduce((a, b) => Math.max(a, b), 0);
    this.#tune({ ...tuning, ...quantizedTuning(scales, columns, this.#extent, extent, error, isBytes) });
  }

  #tune(tuning: Tuning): void {
    writeTuning(this.#memory, this.#plan.globals.tuning, { ...tuning, boundUnit: this.#boundUnit });
  }
}
