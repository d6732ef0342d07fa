import type { Engine } from './engine/engine.ts';
import { createReferenceEngine } from './engine/reference/index.ts';

let open: () => Engine | Promise<Engine> = createReferenceEngine;
let opened: Promise<Engine> | undefined;

/**
 * Sets the engine that computes when a call gives none. `@shoal/engines`, and so the package `shoal`, sets one that
 * fits the machine; core alone has only the reference engine.
 *
 * @param opener called once, when an engine is needed for the first time
 */
export function setDefaultEngine(opener: () => Engine | Promise<Engine>): void {
  open = opener;
  opened = undefined;
}

/**
 * The engine that computes when a call gives none: opened on first use, one for the whole process.
 *
 * @throws like the opener; the next call tries again
 */
export function defaultEngine(): Promise<Engine> {
  if (opened === undefined) {
    const attempt = Promise.resolve().then(open);
    opened = attempt;
    attempt.catch(() => {
      if (opened === attempt) opened = undefined;
    });
  }
  return opened;
}
