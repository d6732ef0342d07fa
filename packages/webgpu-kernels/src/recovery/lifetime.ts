import { StateError } from '@shoal/core';

/** Tracks whether a session may still be used, and the error of its calls after its end. */
export class Lifetime {
  readonly #what: string;
  readonly #signal: AbortSignal | undefined;
  #ended = false;

  /** @param what for the message, for example "k-means" */
  constructor(what: string, signal: AbortSignal | undefined) {
    this.#what = what;
    this.#signal = signal;
  }

  /**
   * Runs a call of the session. One that finds the session destroyed, or fails because it was destroyed meanwhile,
   * throws `StateError`; one that finds the signal aborted throws its reason.
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    this.#assertAlive();
    this.#signal?.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      this.#assertAlive();
      throw error;
    }
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Ends the session; returns false if it had ended before. */
  end(): boolean {
    const first = !this.#ended;
    this.#ended = true;
    return first;
  }

  #assertAlive(): void {
    if (this.#ended) throw new StateError(`This ${this.#what} session was destroyed; create a new one.`);
  }
}
