/**
 * Measured processor cycles: to keep a point's bounds; to compare a point, apart from its multiply-adds; and the
 * multiply-adds per cycle, with int16 keys and with float32 keys. Only their ratio matters.
 */
const UPKEEP = 150;
const OVERHEAD = 60;
const QUANTIZED_PER_CYCLE = 12;
const FLOAT_PER_CYCLE = 5;
/** Number of assignments without bounds after bounds saved too little. */
const REST = 4;

/**
 * Decides for each assignment whether bounds are worth their cost. They are when clusters are well separated, or have almost
 * converged. While centroids still move far, and on points without structure, they cost more than they save. Labels do not
 * depend on this.
 */
export class BoundUse {
  readonly #exist: boolean;
  /** Share of comparisons that bounds must save to be worth their cost. */
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

  /** Whether the next assignment must write bounds. */
  get renews(): boolean {
    return this.#exist && this.#rest === 0;
  }

  /** Tells that the points or the labels were replaced. */
  invalidate(): void {
    this.#areValid = false;
  }

  /** How many assignments are made without bounds yet. */
  get rest(): number {
    return this.#rest;
  }

  /** Takes over the bounds of another session of the same points. */
  resume({ areValid, rest }: Pick<BoundUse, 'areValid' | 'rest'>): void {
    this.#areValid = this.#exist && areValid;
    this.#rest = rest;
  }

  /** @param compared share of all comparisons that the assignment made */
  conclude(compared: number): void {
    const gaveLittle = this.#areValid && compared > 1 - this.#worthwhile;
    this.#areValid = this.renews && !gaveLittle;
    if (gaveLittle) this.#rest = REST;
    else if (this.#rest > 0) this.#rest--;
  }
}
