import type { Redis } from 'ioredis';
import { LIFETIME_MS, type FitKeys } from './keys.ts';

/** Why there is no part to work on: the round is over, all parts are taken, or others had the open ones and come first. */
export type NoPart = 'over' | 'none' | 'wait';

/** Gives back what a job had taken before it was started again. */
const REOPEN = `
for _, part in ipairs(redis.call('HKEYS', KEYS[2])) do
  if redis.call('HGET', KEYS[2], part) == ARGV[1] then
    redis.call('HDEL', KEYS[2], part)
    redis.call('SADD', KEYS[1], part)
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
end`;

/**
 * Takes a part: one that the worker holds, else one that nobody had, else any, when the worker has waited long enough.
 * ARGV: round, job, worker, whether it has waited, lifetime, parts that it holds.
 */
const CLAIM = `
if redis.call('HGET', KEYS[1], 'round') ~= ARGV[1] then return 'over' end
local function take(part)
  if redis.call('SREM', KEYS[2], part) == 0 then return false end
  redis.call('HSET', KEYS[3], part, ARGV[2])
  redis.call('HSET', KEYS[4], part, ARGV[3])
  redis.call('PEXPIRE', KEYS[3], ARGV[5])
  redis.call('PEXPIRE', KEYS[4], ARGV[5])
  return true
end
for i = 6, #ARGV do
  if take(ARGV[i]) then return ARGV[i] end
end
local open = redis.call('SMEMBERS', KEYS[2])
if #open == 0 then return 'none' end
for _, part in ipairs(open) do
  if redis.call('HEXISTS', KEYS[4], part) == 0 and take(part) then return part end
end
if ARGV[4] == '1' and take(open[1]) then return open[1] end
return 'wait'`;

/** Leaves an answer, if the round is not over. ARGV: round, part, job, packet, lifetime. */
const ANSWER = `
if redis.call('HGET', KEYS[1], 'round') ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[2], ARGV[2]) == ARGV[3] then redis.call('HDEL', KEYS[2], ARGV[2]) end
redis.call('RPUSH', KEYS[3], ARGV[4])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
return 1`;

/** A job of a round, as it takes parts and answers for them. */
export class RoundClaims {
  readonly #redis: Redis;
  readonly #keys: FitKeys;
  readonly #round: number;
  readonly #job: string;

  constructor(redis: Redis, keys: FitKeys, round: number, job: string) {
    this.#redis = redis;
    this.#keys = keys;
    this.#round = round;
    this.#job = job;
  }

  /** Makes parts free that the job had when it was interrupted. */
  async reopen(): Promise<void> {
    const { open, claims } = this.#keys;
    await this.#redis.eval(REOPEN, 2, open, claims, this.#job, LIFETIME_MS);
  }

  async claim(worker: string, held: readonly number[], hasWaited: boolean): Promise<number | NoPart> {
    const { question, open, claims, holders } = this.#keys;
    const keys = [question, open, claims, holders];
    const found = String(
      await this.#redis.eval(
        CLAIM,
        keys.length,
        ...keys,
        this.#round,
        this.#job,
        worker,
        hasWaited ? 1 : 0,
        LIFETIME_MS,
        ...held,
      ),
    );
    return found === 'over' || found === 'none' || found === 'wait' ? found : Number(found);
  }

  async answer(part: number, packet: Buffer): Promise<void> {
    const { question, claims } = this.#keys;
    const found = this.#keys.found(this.#round);
    const values = [this.#round, part, this.#job, packet, LIFETIME_MS];
    await this.#redis.eval(ANSWER, 3, question, claims, found, ...values);
  }
}
