/** The digit 0 in each of eight bytes. */
const ZEROS: u64 = 0x3030303030303030;

/** Eight characters, each less the digit 0: digits become 0 to 9. */
// @ts-ignore: decorator
@inline
export function charactersAt(at: usize): u64 {
  return load<u64>(at) ^ ZEROS;
}

/**
 * How many of eight characters are digits before the first other one. Adding 6 carries out of the lower half of a byte above
 * 9; a carry into the next byte comes only from a byte that is no digit itself, so the first such byte is right.
 */
// @ts-ignore: decorator
@inline
export function digitCount(characters: u64): u64 {
  return ctz(((characters + 0x0606060606060606) | characters) & 0xf0f0f0f0f0f0f0f0) >> 3;
}

/**
 * The number that the first `count` of eight characters are, for 0 to 8. Zeros are shifted in before them; then two digits
 * become one number of two, two of these one of four, and so on (Lemire, "Number parsing at a gigabyte per second", 2021).
 */
// @ts-ignore: decorator
@inline
export function numberOf(characters: u64, count: u64): u64 {
  // In two steps: WebAssembly takes a shift by 64 for one by 0.
  const half = 32 - 4 * count;
  return numberOfEight((characters << half) << half);
}

/** The number that eight digits are. */
// @ts-ignore: decorator
@inline
export function numberOfEight(digits: u64): u64 {
  const pairs = digits * 10 + (digits >> 8);
  return (
    ((pairs & 0x000000ff000000ff) * 0x000f424000000064 +
      ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
    32
  );
}

/** 10^count, for 0 to 8. */
// @ts-ignore: decorator
@inline
export function powerOfTen(count: u64): u64 {
  return load<u64>(
    memory.data<u64>([1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000]) + (<usize>count << 3),
  );
}
