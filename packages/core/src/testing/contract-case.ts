import type { Engine } from '../engine/engine.ts';

/**
 * One promise that every engine keeps. It needs no test framework, so that it runs in Node.js, in a page and in a
 * Worker.
 */
export interface ContractCase {
  readonly name: string;
  /** @throws {ContractViolation} when the engine breaks the promise */
  readonly run: (engine: Engine) => Promise<void>;
}
