/** The queue of all fits. Its name changes when jobs mean something else. */
export const QUEUE = 'rounds';
/** What all keys start with by default. */
export const DEFAULT_PREFIX = 'shoal';
/** Milliseconds after which the keys of a fit expire when its coordinator is gone. */
export const LIFETIME_MS = 60_000;

/** Names of the keys of a fit, and of one of its rounds. */
export class FitKeys {
  /** Says what is fitted. While it is there, the fit is alive. */
  readonly fit: string;
  /** A hash of the shared arrays. */
  readonly arrays: string;
  /** Hashes by part: checksums of its points, and the worker that had it last. */
  readonly sums: string;
  readonly holders: string;
  /** The question of the present round. */
  readonly question: string;
  /** The parts that nobody works on yet, and by part the job that does. */
  readonly open: string;
  readonly claims: string;

  readonly #prefix: string;

  constructor(prefix: string, fit: string) {
    this.#prefix = `${prefix}:fit:${fit}`;
    this.fit = this.#prefix;
    this.arrays = `${this.#prefix}:arrays`;
    this.sums = `${this.#prefix}:sums`;
    this.holders = `${this.#prefix}:holders`;
    this.question = `${this.#prefix}:question`;
    this.open = `${this.#prefix}:open`;
    this.claims = `${this.#prefix}:claims`;
  }

  /** The list of answers of a round. */
  found(round: number): string {
    return `${this.#prefix}:found:${round}`;
  }

  /** All but the answers. */
  get all(): readonly string[] {
    return [this.fit, this.arrays, this.sums, this.holders, this.question, this.open, this.claims];
  }
}
