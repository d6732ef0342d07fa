import type { Engine } from '../engine/engine.ts';
import type { ContractCase } from './contract-case.ts';

/**
 * Runs one case by its name, for a page that a test drives from outside.
 *
 * @returns the failure's text, or undefined when the engine kept the promise
 */
export async function runCaseByName(
  engine: Engine,
  contract: readonly ContractCase[],
  name: string,
): Promise<string | undefined> {
  const found = contract.find((candidate) => candidate.name === name);
  if (found === undefined) return `There is no case "${name}".`;
  try {
    await found.run(engine);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
