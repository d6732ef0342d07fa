import { describe, expect, it } from 'vitest';
import { alternate } from './alternate.ts';
import type { Contender, Sample } from './bench-case.ts';
import { PeerError } from './errors.ts';

/** Contenders that record their turns, and claim to take as many seconds as there were turns before. */
function contenders(names: readonly string[]): { readonly turns: string[]; readonly all: Contender[] } {
  const turns: string[] = [];
  const all = names.map((name): Contender => ({
    name,
    role: 'peer',
    dtype: 'float32',
    async run() {
      const turn = turns.push(name) - 1;
      return { seconds: turn, quality: async () => turn };
    },
  }));
  return { turns, all };
}

describe('alternate', () => {
  it('runs contenders in turn, and forgets the warm-up', async () => {
    const { turns, all } = contenders(['A', 'B']);
    const { signal } = new AbortController();
    const samples = await alternate(all, { warmUp: 1, repetitions: 3, pause: 0, signal });
    expect(turns.join('')).toBe('ABABABAB');
    expect(samples.map(({ seconds }) => seconds)).toEqual([
      [2, 4, 6],
      [3, 5, 7],
    ]);
    expect(await Promise.all(samples.map(({ last }) => (last as Sample).quality()))).toEqual([6, 7]);
  });

  it('stops between two runs when aborted', async () => {
    const { turns, all } = contenders(['A', 'B']);
    const controller = new AbortController();
    const reason = new DOMException('enough', 'AbortError');
    await expect(
      alternate(all, {
        warmUp: 0,
        repetitions: 5,
        pause: 0,
        signal: controller.signal,
        onRun({ name }, round) {
          if (round === 1 && name === 'A') controller.abort(reason);
        },
      }),
    ).rejects.toBe(reason);
    expect(turns.join('')).toBe('ABA');
  });

  it('runs a slow contender once, and no further round when the time is up', async () => {
    const { turns, all } = contenders(['A', 'S']);
    const { signal } = new AbortController();
    const both = [all[0], { ...all[1], once: true }];
    const samples = await alternate(both, { warmUp: 1, repetitions: 3, pause: 0, signal });
    expect(turns.join('')).toBe('AASAA');
    expect(samples.map(({ seconds }) => seconds.length)).toEqual([3, 1]);
    turns.length = 0;
    const timeIsUp = () => turns.length >= 4;
    const fewer = await alternate(both, { warmUp: 2, repetitions: 3, pause: 0, timeIsUp, signal });
    expect(turns.join('')).toBe('AAAS');
    expect(fewer.map(({ seconds }) => seconds.length)).toEqual([1, 1]);
  });

  it('goes on without a peer that fails, but not without Shoal', async () => {
    const { turns, all } = contenders(['A', 'B']);
    const { signal } = new AbortController();
    const failure = new PeerError('no such option');
    const failing: Contender = { ...all[0], name: 'F', run: () => Promise.reject(failure) };
    const samples = await alternate([failing, all[1]], { warmUp: 1, repetitions: 2, pause: 0, signal });
    expect(turns.join('')).toBe('BBB');
    expect(samples[0]).toMatchObject({ seconds: [], last: failure });
    expect(samples[1].seconds).toHaveLength(2);
    const ours = alternate([{ ...failing, role: 'ours' }], { warmUp: 0, repetitions: 1, pause: 0, signal });
    await expect(ours).rejects.toBe(failure);
  });
});
