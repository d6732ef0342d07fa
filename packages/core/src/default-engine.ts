import type { Engine } from './engine/engine.ts';
import { createReferenceEngine } from './engine/reference/index.ts';
import { InvalidArgumentError } from './errors.ts';
import { kindOf } from './number-array.ts';

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
 * The engine that computes when a call gives none: opened on first use, one for the whole process. After it was destroyed, the
 * next call opens another one.
 *
 * @throws like the opener; the next call tries again
 */
export function defaultEngine(): Promise<Engine> {
  if (opened === undefined) {
    const attempt = start(() => {
      if (opened === attempt) opened = undefined;
    });
    opened = attempt;
  }
  return opened;
}

/** @param forget called when there is no engine, or no longer one */
async function start(forget: () => void): Promise<Engine> {
  // Later than now, so that an opener that throws at once is forgotten like any other.
  await Promise.resolve();
  try {
    const engine = await open();
    const end = engine.destroy.bind(engine);
    const destroy = (): void => {
      forget();
      end();
    };
    return Object.assign(engine, { destroy, [Symbol.dispose]: destroy });
  } catch (error) {
    forget();
    throw error;
  }
}

/**
 * The first engine that is given, or else the default one.
 *
 * @throws {InvalidArgumentError} when something else is given, such as the promise of an engine
 */
export async function engineOrDefault(...given: readonly (Engine | undefined)[]): Promise<Engine> {
  const engine = given.find((each) => each !== undefined);
  if (engine === undefined) return defaultEngine();
  const { createKMeans } = Object(engine) as { readonly createKMeans?: unknown };
  if (typeof createKMeans === 'function') return engine;
  throw new InvalidArgumentError(
    `engine must be an opened engine, such as the result of \`await openEngine()\`; got ${kindOf(engine)}.`,
  );
}
