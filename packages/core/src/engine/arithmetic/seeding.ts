import { exactStep } from './exact-steps.ts';

/** Masses below this many steps are too coarse to draw rows by. */
const COARSE = 2 ** 30;

/** What a pass over all points found; every sum consists of multiples of its step. */
export interface SeedPass {
  /** The potential after the added seeds. */
  readonly mass: number;
  /** The greatest mass of a point, not rounded. */
  readonly greatest: number;
  /** The potential if each candidate were added, too. */
  readonly potentials: Float64Array;
}

/** A seed that the distances do not include yet. */
export interface WaitingSeed {
  readonly row: number;
  readonly number: number;
}

/** The passes over points that seeding is made of. */
export interface SeedPasses {
  readonly rows: number;
  /** How many seeds or candidates one pass takes; one more seed may come with the candidates. */
  readonly most: number;
  /** Forgets all distances. */
  forget(): void;
  /** Adds rows to the seeds, with numbers from `first`, and then evaluates candidates. */
  run(added: Uint32Array, first: number, candidates: Uint32Array, step: number): Promise<SeedPass>;
  /** Takes over the masses after adding a candidate of the last pass, by its index. */
  adopt(candidate: number): void;
  /** For each target the first row whose running sum of masses exceeds it, or else the last row that has a mass. */
  draw(
    targets: Float64Array,
    step: number,
    waiting: WaitingSeed | undefined,
  ): Uint32Array | Promise<Uint32Array>;
  /** Total weight of the points nearest to each of `count` seeds. */
  weights(count: number): Float64Array | Promise<Float64Array>;
}

/**
 * The calls of `KMeansSession` about seeds, made of passes. Masses and potentials are multiples of a power of two, chosen from
 * what is known of all points, so that their sums, and with them the rows that are drawn, do not depend on how points are
 * divided among threads or parts.
 *
 * A seed that was just a candidate waits: the masses after it are already known, as its potentials. The distances need it only
 * when the next candidates are evaluated, and then it is added in the same pass over the points. That saves every second pass
 * of greedy k-means++.
 */
export class Seeding {
  readonly #passes: SeedPasses;
  readonly #bound: number;
  #count = 0;
  #judged: Uint32Array = new Uint32Array();
  #potentials: Float64Array = new Float64Array();
  #judgedStep = 0;
  #waiting: WaitingSeed | undefined;
  #mass = Infinity;
  /** The step of the masses, and that of the next pass. */
  #step: number;
  #next: number;

  /** @param bound of the sum of all masses after the first seed */
  constructor(passes: SeedPasses, bound: number) {
    this.#passes = passes;
    this.#bound = bound;
    this.#step = this.#next = exactStep(bound);
  }

  /** Forgets all seeds. */
  reset(): void {
    this.#passes.forget();
    this.#count = 0;
    this.#judged = new Uint32Array();
    this.#waiting = undefined;
    this.#mass = Infinity;
    this.#step = this.#next = exactStep(this.#bound);
  }

  /** Adds rows to the seeds. */
  async add(rows: Uint32Array): Promise<void> {
    const judged = rows.length === 1 && !this.#waiting ? this.#judged.indexOf(rows[0]) : -1;
    if (judged >= 0) {
      this.#waiting = { row: rows[0], number: this.#count++ };
      this.#passes.adopt(judged);
      this.#note(this.#potentials[judged], this.#judgedStep);
      this.#judged = new Uint32Array();
      if (this.#isCoarse) await this.#refine(await this.#settle());
      return;
    }
    let greatest = await this.#settle();
    for (let first = 0; first < rows.length; first += this.#passes.most) {
      const block = rows.subarray(first, first + this.#passes.most);
      greatest = await this.#pass(block, this.#count);
      this.#count += block.length;
    }
    if (rows.length > 0) await this.#refine(greatest);
  }

  /** @returns the potential if each candidate were added */
  async judge(candidates: Uint32Array): Promise<Float64Array> {
    const result = new Float64Array(candidates.length);
    const step = this.#next;
    for (let first = 0; first < candidates.length; first += this.#passes.most) {
      const block = candidates.slice(first, first + this.#passes.most);
      const { row, number } = this.#waiting ?? { row: 0, number: 0 };
      const added = this.#waiting ? Uint32Array.of(row) : new Uint32Array();
      const { mass, potentials } = await this.#passes.run(added, number, block, step);
      this.#waiting = undefined;
      this.#note(mass, step);
      result.set(potentials, first);
      this.#judged = block;
      this.#potentials = potentials;
      this.#judgedStep = step;
    }
    return result;
  }

  /** Draws rows by their mass; see `KMeansSession.sampleRows`. */
  async sample(uniforms: Float64Array): Promise<Uint32Array> {
    if (this.#mass === 0) return Uint32Array.from(uniforms, (u) => Math.floor(u * this.#passes.rows));
    const targets = uniforms.map((u) => u * this.#mass);
    return this.#passes.draw(targets, this.#step, this.#waiting);
  }

  /** @returns total weight of the points nearest to each seed */
  async totalWeights(): Promise<Float64Array> {
    await this.#settle();
    return this.#passes.weights(this.#count);
  }

  /** Updates the distances with a waiting seed; returns the greatest mass where there was one. */
  async #settle(): Promise<number> {
    if (!this.#waiting) return 0;
    const { row, number } = this.#waiting;
    const greatest = await this.#pass(Uint32Array.of(row), number);
    this.#waiting = undefined;
    return greatest;
  }

  /** Passes again with finer steps until masses are fine enough, or all are 0. */
  async #refine(greatest: number): Promise<void> {
    while (this.#isCoarse && greatest > 0 && this.#next < this.#step) {
      await this.#pass(new Uint32Array(), 0);
    }
  }

  async #pass(added: Uint32Array, first: number): Promise<number> {
    const step = this.#next;
    const { mass, greatest } = await this.#passes.run(added, first, new Uint32Array(), step);
    this.#note(mass, step);
    return greatest;
  }

  get #isCoarse(): boolean {
    return this.#mass < COARSE * this.#step;
  }

  /** Masses only fall from now on, so the sum and its rounding bound all later sums. */
  #note(mass: number, step: number): void {
    this.#mass = mass;
    this.#step = step;
    if (mass < Infinity) this.#next = exactStep(mass + this.#passes.rows * step);
  }
}
