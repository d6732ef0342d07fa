import type { Engine } from '../engine/engine.ts';

/** One promise every engine keeps. Framework-free, so that it runs in Node, in a page and in a Worker. */
export interface ContractCase {
  readonly name: string;
  /** @throws {ContractViolation} when the engine breaks the promise */
  readonly run: (engine: Engine) => Promise<void>;
}
