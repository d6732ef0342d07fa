import { UsageError } from './exit-codes.ts';

/**
 * Refuses options that would be ignored, because giving one is a mistake.
 *
 * @param what they do not apply to
 * @param options by their names as typed; undefined ones were not given
 * @throws {UsageError} naming the first given one
 */
export function rejectGiven(what: string, options: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(options).find(([, value]) => value !== undefined);
  if (given !== undefined) throw new UsageError(`${given[0]} does not apply to ${what}; leave it out.`);
}
