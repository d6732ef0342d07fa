/** A name that a cluster had before it got another. */
export interface Naming {
  readonly cluster: number;
  readonly before: string | undefined;
}

const MAX_UNDONE = 100;

/** The names that clusters had, to undo changes. */
export class NameHistory {
  #past: Naming[] = [];

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  add(naming: Naming): void {
    this.#past = [...this.#past.slice(1 - MAX_UNDONE), naming];
  }

  /** @returns the last naming, which it forgets */
  undo(): Naming | undefined {
    return this.#past.pop();
  }

  reset(): void {
    this.#past = [];
  }
}
