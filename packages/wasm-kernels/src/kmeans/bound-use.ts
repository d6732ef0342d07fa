/** Share of comparisons that bounds must spare to be worth their upkeep. */
const WORTHWHILE = 0.2;
/** Assignments without bounds, after bounds have turned out to spare too little. */
const REST = 4;

/**
 * Decides from assignment to assignment whether bounds are worth it. They are when clusters are apart, or have almost
 * settled; while centroids still travel, and on points without structure, they cost more than they spare. Labels do not
 * depend on this.
 */
export class BoundUse {
  readonly #exist: boolean;
  #areValid = false;
  #rest = 0;

  /** @param exist whether there is room for bounds at all */
  constructor(exist: boolean) {
    this.#exist = exist;
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
    const gaveLittle = this.#areValid && compared > 1 - WORTHWHILE;
    this.#areValid = this.renews && !gaveLittle;
    if (gaveLittle) this.#rest = REST;
    else if (this.#rest > 0) this.#rest--;
  }
}
