/**
 * Processor cycles, measured: to keep a point's bounds; for what comparing it takes besides; and the multiply-adds of a
 * cycle, with int16 keys and with float32 keys. Only their proportion counts.
 */
const UPKEEP = 150;
const OVERHEAD = 60;
const QUANTIZED_PER_CYCLE = 12;
const FLOAT_PER_CYCLE = 5;
/** Assignments without bounds, after bounds have turned out to spare too little. */
const REST = 4;

/**
 * Decides from assignment to assignment whether bounds are worth it. They are when clusters are apart, or have almost
 * settled; while centroids still travel, and on points without structure, they cost more than they spare. Labels do not
 * depend on this.
 */
export class BoundUse {
  readonly #exist: boolean;
  /** Share of comparisons that bounds must spare to be worth their upkeep. */
  readonly #worthwhile: number;
  #areValid = false;
  #rest = 0;

  /**
   * @param exist whether there are bounds at all
   * @param operations multiply-adds of comparing a point with all centroids
   */
  constructor(exist: boolean, operations: number, isQuantized: boolean) {
    this.#exist = exist;
    const comparing = OVERHEAD + operations / (isQuantized ? QUANTIZED_PER_CYCLE : FLOAT_PER_CYCLE);
    this.#worthwhile = Math.min(0.9, Math.max(0.05, UPKEEP / comparing));
  }

  /** Whether the bounds hold for the next assignment. */
  get areValid(): boolean {
    return this.#areValid;
  }

  /** Whether the next assignment shall leave bounds. */
  get renews(): boolean {
    return this.#exist && this.#rest === 0;
  }

  /** The points or the labels are others now. */
  invalidate(): void {
    this.#areValid = false;
  }

  /** @param compared share of all comparisons that the assignment made */
  conclude(compared: number): void {
    const gaveLittle = this.#areValid && compared > 1 - this.#worthwhile;
    this.#areValid = this.renews && !gaveLittle;
    if (gaveLittle) this.#rest = REST;
    else if (this.#rest > 0) this.#rest--;
  }
}
