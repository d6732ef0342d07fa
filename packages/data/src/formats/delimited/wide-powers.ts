/** The table has 10^q for q from -128 to 128. */
const MOST_POWER = 128;

const WORD = 64n;
const TWO_WORDS = 2n * WORD;

/**
 * The first 128 bits of 10^q for q from -128 to 128, as two words each, the upper one first. The factor 2^q of 10^q only moves
 * the bits, so these are the bits of 5^q (Lemire, "Number parsing at a gigabyte per second", 2021). They are cut, but
 * rounded up where a number of 64 bits may be a multiple of 5^-q: then the quotient is not too small.
 */
export function widePowers(): BigUint64Array {
  const words: bigint[] = [];
  for (let power = -MOST_POWER; power <= MOST_POWER; power++) {
    const bits = power < 0 ? inverseBits(5n ** BigInt(-power)) : firstBits(5n ** BigInt(power));
    words.push(bits >> WORD, BigInt.asUintN(64, bits));
  }
  return BigUint64Array.from(words);
}

/** The first 128 bits of a whole number, filled up with zeros. */
function firstBits(value: bigint): bigint {
  const excess = bitLength(value) - TWO_WORDS;
  return excess < 0n ? value << -excess : value >> excess;
}

/** The first 128 bits of 1 / value. */
function inverseBits(value: bigint): bigint {
  const length = bitLength(value);
  const cut = (1n << (length + TWO_WORDS - 1n)) / value;
  return length < WORD ? cut + 1n : cut;
}

function bitLength(value: bigint): bigint {
  return BigInt(value.toString(2).length);
}
