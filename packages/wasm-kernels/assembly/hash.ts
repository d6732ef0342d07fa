/** Core's `hash32`: a random number for each index. */
// @ts-ignore: decorator
@inline
export function hash32(seed: u32, index: u32): u32 {
  return pcg(pcg(seed) + index);
}

/** One round of the hash: O'Neill's permuted congruential generator (2014). */
// @ts-ignore: decorator
@inline
export function pcg(value: u32): u32 {
  const state = value * 747796405 + 2891336453;
  const word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737;
  return (word >> 22) ^ word;
}
