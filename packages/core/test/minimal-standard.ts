/**
 * Park & Miller's generator, whole numbers from 1 to 2^31 - 2: the fixtures' Python scripts draw the same
 * sequence, so large inputs need not be stored.
 */
export function minimalStandard(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 0x7fffffff;
    return state;
  };
}
