import type { SessionMemory } from '../memory.ts';
import type { PointSummary } from '../resident-points.ts';
import type { KMeansPlan } from './plan.ts';
import {
  floatTuning,
  quantisationScales,
  quantisedTuning,
  type Extent,
  type Tuning,
} from './quantization.ts';

/** Greatest value of a bound, and of a drift, which then undoes any. */
const MOST = 65535;

/** The centroids of a session: float64 here, and in the forms that the kernels compare with. */
export class Centroids {
  /** K x D in the units of the matrix. */
  readonly values: Float64Array;
  readonly #plan: KMeansPlan;
  readonly #memory: SessionMemory;
  readonly #summary: PointSummary;
  readonly #extent: Extent;
  /** What `relative` was when points were last assigned. */
  readonly #assigned: Float64Array;
  /** Units of a bound per unit of the points: no two of these are farther apart than a bound can say. */
  readonly #boundUnit: number;
  #isQuantised: boolean;

  constructor(plan: KMeansPlan, memory: SessionMemory, summary: PointSummary) {
    const { clusters, columns, isBytes, wordShift } = plan.settings;
    // The shift of bytes is made of whole numbers, from 0 to 255.
    if (isBytes) memory.halfWords(wordShift, columns).set(summary.shift);
    this.values = new Float64Array(clusters * columns);
    this.#assigned = new Float64Array(clusters * columns);
    this.#plan = plan;
    this.#memory = memory;
    this.#summary = summary;
    this.#extent = { farthest: summary.farthest, reach: Math.max(...summary.reach) };
    this.#boundUnit = MOST / Math.max(2.001 * summary.farthest, 1e-30);
    this.#isQuantised = plan.startsQuantised;
  }

  /** From now on keys come from float32, because int16 cannot tell these points apart. */
  stopQuantising(): void {
    this.#isQuantised = false;
    this.load();
  }

  get isQuantised(): boolean {
    return this.#isQuantised;
  }

  /** K x D that points were last assigned to, relative to the shift, in the kernels' units. */
  get assigned(): Float64Array {
    return this.#assigned;
  }

  /** Notes that all points are assigned to the loaded centroids, which have not moved since. */
  settle(): void {
    const { clusters, groups, drifts, groupDrifts } = this.#plan.settings;
    this.#assigned.set(this.#relative);
    this.#memory.halfWords(drifts, clusters).fill(0);
    this.#memory.halfWords(groupDrifts, groups).fill(0);
  }

  /** Shows kernels the centroids that points were last assigned to, where these have moved since. */
  async withAssigned(work: () => Promise<void>): Promise<void> {
    const moved = this.#relative.slice();
    this.#relative.set(this.#assigned);
    await work();
    this.#relative.set(moved);
  }

  /** K x D relative to the shift, in the kernels' units. */
  get #relative(): Float64Array {
    const { clusters, columns, centres } = this.#plan.settings;
    return this.#memory.doubles(centres, clusters * columns);
  }

  /**
   * Hands the values to the kernels, and how far each centroid moved since the last time.
   *
   * @returns whether float32 can hold the squares of the distances
   */
  load(): boolean {
    const { settings, points } = this.#plan;
    const { columns, clusters } = settings;
    const { shift } = this.#summary;
    const relative = this.#relative;
    const drifts = this.#memory.halfWords(settings.drifts, clusters);
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
      drifts[k] = Math.min(MOST, Math.ceil(Math.sqrt(moved) * (1 + 1e-9) * this.#boundUnit));
      farthest = Math.max(farthest, square);
    }
    this.#setGroupDrifts(drifts);
    const extent = { farthest: Math.sqrt(farthest), reach };
    this.#pack(extent, settings.centreErrors, clusters, () => {
      this.#memory.kernels.packPanels(0, this.#plan.panels);
    });
    return (extent.farthest + this.#extent.farthest) ** 2 < 2 ** 126;
  }

  #setGroupDrifts(drifts: Uint16Array): void {
    const { clusters, groups, groupPanels, groupDrifts } = this.#plan.settings;
    const largest = this.#memory.halfWords(groupDrifts, groups);
    for (let group = 0; group < groups; group++) {
      const first = 4 * groupPanels * group;
      largest[group] = 0;
      for (let k = first; k < Math.min(clusters, first + 4 * groupPanels); k++) {
        largest[group] = Math.max(largest[group], drifts[k]);
      }
    }
  }

  /** Lays points out that kernels compare others with, `count` of them; see assembly/candidates.ts. */
  packCandidates(count: number): void {
    const { candidateErrors } = this.#plan.settings;
    this.#pack(this.#extent, candidateErrors, count, () => {
      this.#memory.kernels.packCandidates(count);
    });
  }

  /**
   * @param extent of what is laid out
   * @param errors where `pack` leaves what int16 lost of each
   */
  #pack(extent: Extent, errors: number, count: number, pack: () => void): void {
    const { columns, isBytes } = this.#plan.settings;
    const tuning = floatTuning(columns, this.#extent, extent);
    if (!this.#isQuantised) {
      this.#tune(tuning);
      pack();
      return;
    }
    const scales = quantisationScales(this.#extent, extent, isBytes);
    this.#tune({ ...tuning, ...quantisedTuning(scales, columns, this.#extent, extent, 0, isBytes) });
    pack();
    const error = this.#memory.doubles(errors, count).reduce((a, b) => Math.max(a, b), 0);
    this.#tune({ ...tuning, ...quantisedTuning(scales, columns, this.#extent, extent, error, isBytes) });
  }

  /** Leaves the last field, whether bounds are valid, to the session. */
  #tune(tuning: Tuning): void {
    this.#memory
      .doubles(this.#plan.settings.tuning, 9)
      .set([
        Number(tuning.isQuantised),
        tuning.pointScale,
        tuning.centreScale,
        tuning.keyScale,
        tuning.errorConstant,
        tuning.errorPerSquare,
        tuning.relativeError,
        tuning.absoluteError,
        this.#boundUnit,
      ]);
  }
}
