import { describe, expect, it } from 'vitest';
import { inTurns } from '../chunks.ts';
import { Random } from '../random.ts';
import { finishMStep } from '../engine/arithmetic/m-step.ts';
import { precisionFactors } from '../engine/arithmetic/precisions.ts';

/** At least half a second of work. */
const [COMPONENTS, COLUMNS] = [60, 150];

/** Waits for work that is aborted soon, and measures how long the event loop had no turn. */
async function longestStretch(work: (signal: AbortSignal) => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const note = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(note, 1);
  await expect(work(AbortSignal.timeout(30))).rejects.toThrow('timeout');
  note();
  clearInterval(timer);
  return longest;
}

describe('the M-step of a large mixture', () => {
  it('stops within its covariances, and within their inverses', async () => {
    const random = new Random(1);
    const sums = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());
    const second = sums(COMPONENTS * COLUMNS ** 2);
    const statistics = {
      covarianceType: 'full',
      components: COMPONENTS,
      columns: COLUMNS,
      shift: sums(COMPONENTS * COLUMNS),
      counts: new Float64Array(COMPONENTS).fill(1),
      first: new Float64Array(COMPONENTS * COLUMNS),
      second,
    } as const;
    const endless = async (signal: AbortSignal): Promise<void> => {
      for (;;) await inTurns(finishMStep(statistics, 1e-6), signal);
    };
    expect(await longestStretch(endless)).toBeLessThan(500);
    const identities = new Float64Array(COMPONENTS * COLUMNS ** 2);
    for (let j = 0; j < COMPONENTS * COLUMNS; j++) identities[j * COLUMNS + (j % COLUMNS)] = 1;
    const inverting = (signal: AbortSignal): Promise<unknown> =>
      inTurns(precisionFactors(identities, 'full', COMPONENTS, COLUMNS), signal);
    expect(await longestStretch(inverting)).toBeLessThan(500);
  });
});
