import { UsageError } from '../exit-codes.ts';

/** The variable with the address: a password on the command line can be seen by other users of the machine. */
export const REDIS_VARIABLE = 'SHOAL_REDIS';

/**
 * The address of Redis.
 *
 * @param given true or undefined for the one in the environment
 * @throws {UsageError} when there is none
 */
export function redisAddress(option: string, given: string | true | undefined): string {
  const address = typeof given === 'string' ? given : process.env[REDIS_VARIABLE];
  if (address !== undefined && address !== '') return address;
  throw new UsageError(
    `${option} needs the address of Redis or Valkey, such as redis://:password@queue:6379; or set ${REDIS_VARIABLE}.`,
  );
}
