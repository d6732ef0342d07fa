/**
 * Controls the iterations of a fit: stops it while paused, and keeps an interval between iterations so that they are
 * visible.
 */
export class Gate {
  #paused: boolean;
  #wake: (() => void) | undefined;
  #steps = 0;
  #last = -Infinity;
  readonly #interval: number;

  /** @param interval least time between two iterations, in milliseconds */
  constructor(interval: number, paused = false) {
    this.#interval = interval;
    this.#paused = paused;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wake?.();
  }

  /** Lets one iteration run, and then pauses again. */
  step(): void {
    this.#paused = true;
    this.#steps++;
    this.#wake?.();
  }

  /**
   * Resolves when the next iteration may run.
   *
   * @throws the signal's reason when it is aborted meanwhile
   */
  async pass(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const rest = this.#last + this.#interval - performance.now();
    if (rest > 0 && !this.#paused) await this.#wait(signal, rest);
    while (this.#paused && this.#steps === 0) await this.#wait(signal);
    if (this.#steps > 0) this.#steps--;
    this.#last = performance.now();
  }

  /** Resolves when the state of the gate changes, or the time has passed. */
  async #wait(signal: AbortSignal, milliseconds?: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
      if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.#wake = undefined;
    signal.throwIfAborted();
  }
}
