/** The greatest of values, -Infinity of none. `Math.max(...values)` overflows the stack with many of them. */
export function greatestOf(values: ArrayLike<number>): number {
  let greatest = -Infinity;
  for (let i = 0; i < values.length; i++) greatest = Math.max(greatest, values[i]);
  return greatest;
}

/** The least of values, Infinity of none. */
export function leastOf(values: ArrayLike<number>): number {
  let least = Infinity;
  for (let i = 0; i < values.length; i++) least = Math.min(least, values[i]);
  return least;
}
