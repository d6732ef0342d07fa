import { expect, it } from 'vitest';
import { frameWords } from './word-frame.ts';

/** Rows of two columns, padded to four. */
function rowsOf(points: readonly (readonly [number, number])[]): Float32Array {
  return Float32Array.from(points.flatMap(([a, b]) => [a, b, 0, 0]));
}

it('gives the widest column 15 bits, and the others the same scale', () => {
  const points = Array.from({ length: 101 }, (_, i) => [i / 100, i / 200] as const);
  const [scale, start, most, otherStart, otherMost] = frameWords(rowsOf(points), 101, 2);
  // 1 % are left out on either side, and half of what remains is added there: from 0.01 - 0.49 to 0.99 + 0.49.
  expect(start).toBeCloseTo(-0.48, 6);
  expect(otherStart).toBeCloseTo(-0.24, 6);
  expect(most).toBe(Math.floor(1.96 * scale));
  expect(otherMost).toBe(Math.floor(0.98 * scale));
  expect(scale * 1.96).toBeCloseTo(0x7fff, 0);
});

it('keeps sums of squared differences within 31 bits', () => {
  const columns = 24;
  const sketches = Float32Array.from({ length: 300 * columns }, (_, at) => Math.sin(at * at));
  const [, ...frame] = frameWords(sketches, 300, columns);
  const most = frame.filter((_, at) => at % 2 === 1);
  const sum = most.reduce((total, word) => total + word * word, 0);
  expect(sum).toBeLessThan(2 ** 31 - 1);
  expect(sum).toBeGreaterThan(2 ** 30);
});

it('does not follow a point that is far from the others', () => {
  const points = Array.from({ length: 101 }, (_, i) => [i === 50 ? 1e6 : i / 100, 0] as const);
  const [scale, start, most] = frameWords(rowsOf(points), 101, 2);
  expect(start + most / scale).toBeLessThan(1.6);
});

it('makes all words 0 when the points are one', () => {
  expect([...frameWords(rowsOf([[3, 4]]), 1, 2)]).toEqual([0, 3, 0, 4, 0]);
});
