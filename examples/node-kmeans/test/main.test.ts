import { expect, it, vi } from 'vitest';

it('names its engine and prints an inertia that never rises', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../main.mjs');
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();

  expect(lines.find((line) => line.startsWith('Computing with engine '))).toBeDefined();
  const inertia = lines.flatMap((line) => /inertia ([\d.]+)/.exec(line)?.[1] ?? []).map(Number);
  expect(inertia.length).toBeGreaterThan(1);
  expect(inertia).toEqual(inertia.toSorted((a, b) => b - a));
});
