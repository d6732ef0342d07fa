/** The time limit of a whole benchmark. */
export interface Budget {
  /** The whole time, in seconds; Infinity when there is no limit. */
  readonly seconds: number;
  /** The remaining time, in seconds; below 0 when it is up. */
  left(): number;
}

/** @param now the clock, in milliseconds */
export function startBudget(seconds = Infinity, now: () => number = () => performance.now()): Budget {
  const end = now() + 1000 * seconds;
  return { seconds, left: () => (end - now()) / 1000 };
}

/** Why a workload that takes about `needed` seconds is left out; undefined when it is not. */
export function leftOut(needed: number, budget: Budget): string | undefined {
  const left = budget.left();
  if (left > 0 && left >= needed) return undefined;
  return `left out: it takes about ${needed} s, and ${Math.max(0, left).toFixed(0)} of ${budget.seconds.toFixed(0)} s were left`;
}
