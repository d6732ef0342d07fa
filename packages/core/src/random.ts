import { InvalidArgumentError } from './errors.ts';

/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47(4), 2021), its 128-bit state filled by SplitMix64 from the seed.
 * The same seed gives the same sequence on every platform.
 */
export class Random {
  readonly #state: Uint32Array;
  #spareNormal: number | undefined;

  /**
   * @param seed a whole number from 0 to 2^53 - 1
   * @throws {InvalidArgumentError} for any other seed
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new InvalidArgumentError(
        `A seed must be a whole number from 0 to 2^53 - 1; got ${String(seed)}.`,
      );
    }
    this.#state = splitMix64(BigInt(seed));
  }

  /**
   * Numbers that follow those of another, from its `state()`.
   *
   * @param state four values
   */
  static from(state: ArrayLike<number>): Random {
    const random = new Random(0);
    random.#state.set(state);
    return random;
  }

  /** What `from` continues with, four values. A normal number that is held back is not part of it. */
  state(): Uint32Array {
    return this.#state.slice();
  }

  /** A uniformly distributed 32-bit whole number. */
  uint32(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /**
   * A whole number in [0, bound), every value equally likely (by rejection).
   *
   * @throws {InvalidArgumentError} when `bound` is not a whole number from 1 to 2^32
   */
  integer(bound: number): number {
    if (!Number.isSafeInteger(bound) || bound < 1 || bound > 0x100000000) {
      throw new InvalidArgumentError(`A bound must be a whole number from 1 to 2^32; got ${String(bound)}.`);
    }
    const limit = 0x100000000 - (0x100000000 % bound);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % bound;
  }

  /** A standard normal number (Marsaglia's polar method). */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.#spareNormal = v * factor;
        return u * factor;
      }
    }
  }

  /** Shuffles the array in place (Fisher-Yates) and returns it. */
  shuffle<T extends Uint32Array | Int32Array | number[]>(array: T): T {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = array[i];
      array[i] = array[j]!;
      array[j] = held;
    }
    return array;
  }

  /**
   * `count` different whole numbers from [0, bound), in random order (Floyd's sampling, then shuffled).
   *
   * @throws {InvalidArgumentError} when `count` is more than `bound`
   */
  distinct(count: number, bound: number): Uint32Array {
    if (count > bound) {
      throw new InvalidArgumentError(
        `Cannot draw ${String(count)} different numbers out of ${String(bound)}; ask for fewer.`,
      );
    }
    const chosen = new Uint32Array(count);
    // Of many numbers, marks of all of them take less memory than a set of the chosen ones.
    const taken = bound < SET_ENTRY_BYTES * count ? new Marks(bound) : new Set<number>();
    for (let i = 0; i < count; i++) {
      const last = bound - count + i;
      const candidate = this.integer(last + 1);
      chosen[i] = taken.has(candidate) ? last : candidate;
      taken.add(chosen[i]);
    }
    return this.shuffle(chosen);
  }

  /** A seed for an independent generator: one per restart, epoch or component. */
  seed(): number {
    return this.uint32() * 0x200000 + (this.uint32() >>> 11);
  }
}

/** What an entry of a set takes, about. */
const SET_ENTRY_BYTES = 32;

/** A set of numbers below a bound, a byte for each. */
class Marks {
  readonly #marks: Uint8Array;

  constructor(bound: number) {
    this.#marks = new Uint8Array(bound);
  }

  has(number: number): boolean {
    return this.#marks[number] === 1;
  }

  add(number: number): void {
    this.#marks[number] = 1;
  }
}

function rotateLeft(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}

/** Four 32-bit words out of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014); never all zero. */
function splitMix64(seed: bigint): Uint32Array {
  const mask = 0xffffffffffffffffn;
  const words = new Uint32Array(4);
  let state = seed;
  for (let i = 0; i < 2; i++) {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    z ^= z >> 31n;
    words[2 * i] = Number(z & 0xffffffffn);
    words[2 * i + 1] = Number(z >> 32n);
  }
  return words;
}

/**
 * A counter-based 32-bit hash: the same in TypeScript, WGSL and WebAssembly, so that an engine can draw
 * the number that belongs to element `index` without storing or ordering anything.
 * Two rounds of PCG's RXS-M-XS output permutation (O'Neill 2014; "pcg" in Jarzynski & Olano,
 * "Hash Functions for GPU Rendering", JCGT 9(3), 2020).
 *
 * @param seed 32-bit seed
 * @param index 32-bit counter
 * @returns a 32-bit whole number
 */
export function hash32(seed: number, index: number): number {
  return pcg((pcg(seed) + index) >>> 0);
}

function pcg(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) >>> 0;
  const word = Math.imul(((state >>> ((state >>> 28) + 4)) ^ state) >>> 0, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}
