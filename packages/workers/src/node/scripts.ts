import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LIFETIME_MS, type FitKeys } from './keys.ts';

/** Why there is no part to work on: the round is over, all parts are taken, or others had the open ones and come first. */
export type NoPart = 'over' | 'none' | 'wait';

/** Gives back what a job had taken before it was started again. ARGV: start of its marks, lifetime. */
const REOPEN = `
for _, part in ipairs(redis.call('HKEYS', KEYS[2])) do
  if string.sub(redis.call('HGET', KEYS[2], part), 1, #ARGV[1]) == ARGV[1] then
    redis.call('HDEL', KEYS[2], part)
    redis.call('SADD', KEYS[1], part)
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
end`;

/**
 * Takes a part: one that the worker holds, else one that nobody had, else any, when the worker has waited long enough.
 * ARGV: round, mark, worker, whether it has waited, lifetime, parts that it holds.
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

/**
 * Leaves an answer, if the round is not over, and nobody else was given a part of it: so each part is counted once. Otherwise its
 * other parts are free again. ARGV: round, mark, packet, lifetime, parts.
 */
const ANSWER = `
if redis.call('HGET', KEYS[1], 'round') ~= ARGV[1] then return 0 end
local own = {}
for i = 5, #ARGV do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[2] then table.insert(own, ARGV[i]) end
end
if #own < #ARGV - 4 then
  for _, part in ipairs(own) do
    redis.call('HDEL', KEYS[2], part)
    redis.call('SADD', KEYS[4], part)
    redis.call('PEXPIRE', KEYS[4], ARGV[4])
  end
  return 0
end
for i = 5, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end
redis.call('RPUSH', KEYS[3], ARGV[3])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
return 1`;

/** A job of a round, as it takes parts and answers for them. Each start of a job marks its parts in another way. */
export class RoundClaims {
  readonly #redis: Redis;
  readonly #keys: FitKeys;
  readonly #round: number;
  readonly #job: string;
  readonly #mark: string;

  constructor(redis: Redis, keys: FitKeys, round: number, job: string) {
    this.#redis = redis;
    this.#keys = keys;
    this.#round = round;
    this.#job = `${job}/`;
    this.#mark = this.#job + randomUUID();
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
        this.#mark,
        worker,
        hasWaited ? 1 : 0,
        LIFETIME_MS,
        ...held,
      ),
    );
    return found === 'over' || found === 'none' || found === 'wait' ? found : Number(found);
  }

  /** @returns whether it counts; if not, these parts have to be answered again */
  async answer(parts: readonly number[], packet: Buffer): Promise<boolean> {
    const { question, claims, open } = this.#keys;
    const found = this.#keys.found(this.#round);
    const values = [this.#round, this.#mark, packet, LIFETIME_MS, ...parts];
    return (await this.#redis.eval(ANSWER, 4, question, claims, found, open, ...values)) === 1;
  }
}
