import { StateError } from '../../errors.ts';

/** Knows whether an engine may still be used. */
export class EngineLife {
  #ended = false;

  end(): void {
    this.#ended = true;
  }

  /** @throws {StateError} after `end()` */
  assertAlive(): void {
    if (this.#ended) throw new StateError('This reference engine was destroyed; create a new one.');
  }
}

/** Knows whether a session may still be used: until it or its engine is destroyed. */
export class SessionLife {
  readonly #what: string;
  readonly #engine: EngineLife;
  #ended = false;

  /** @param what for the message, for example "k-means session" */
  constructor(what: string, engine: EngineLife) {
    this.#what = what;
    this.#engine = engine;
  }

  end(): void {
    this.#ended = true;
  }

  /** @throws {StateError} after the end of the session or its engine */
  assertAlive(): void {
    this.#engine.assertAlive();
    if (this.#ended) throw new StateError(`This ${this.#what} was destroyed; create a new one.`);
  }
}
