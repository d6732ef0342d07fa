import type { Redis } from 'ioredis';
import type { FitDescription } from './description.ts';
import { WorkersError } from './errors.ts';
import { FitKeys } from './keys.ts';
import { decodePacket } from './packet.ts';
import type { FitReader } from './part-store.ts';

/** Reads what Redis has of fits. */
export class FitStore implements FitReader {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** @returns undefined when the fit is over */
  async description(fit: string): Promise<FitDescription | undefined> {
    const text = await this.#redis.get(this.#keys(fit).fit);
    return text === null ? undefined : (JSON.parse(text) as FitDescription);
  }

  async isAlive(fit: string): Promise<boolean> {
    return (await this.#redis.exists(this.#keys(fit).fit)) === 1;
  }

  async array(fit: string, name: string): Promise<Float64Array> {
    const bytes = await this.#redis.hgetBuffer(this.#keys(fit).arrays, name);
    if (bytes === null) throw new WorkersError(`The fit has no array ${name} any more.`);
    const { values } = decodePacket(bytes, `The array ${name}`);
    if (values instanceof Float64Array) return values;
    throw new WorkersError(`The array ${name} holds ${values.constructor.name}.`);
  }

  async sum(fit: string, part: number): Promise<number | undefined> {
    const text = await this.#redis.hget(this.#keys(fit).sums, String(part));
    return text === null ? undefined : Number(text);
  }

  #keys(fit: string): FitKeys {
    return new FitKeys(this.#prefix, fit);
  }
}
