import { UsageError } from './exit-codes.ts';

/**
 * Refuses options that would be ignored: giving one is a mistake, not a wish.
 *
 * @param what they do not apply to
 * @param options by the name that is typed; undefined ones were not given
 * @throws {UsageError} naming the first that was given
 */
export function rejectGiven(what: string, options: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(options).find(([, value]) => value !== undefined);
  if (given !== undefined) throw new UsageError(`${given[0]} does not apply to ${what}; leave it out.`);
}
