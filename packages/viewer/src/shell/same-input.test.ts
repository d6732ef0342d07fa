import { describe, expect, it } from 'vitest';
import { sameInput } from './same-input.ts';

describe('sameInput', () => {
  it.each([
    ['labels', [0, 1, NaN], [0, 1, NaN]],
    [
      'rows',
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['typed arrays', Uint32Array.of(1, 2), Uint32Array.of(1, 2)],
    ['classes', { labels: ['a', 'b'], names: undefined }, { names: undefined, labels: ['a', 'b'] }],
    ['nothing', undefined, undefined],
  ])('finds equal %s', (_, one, other) => {
    expect(sameInput(one, other)).toBe(true);
  });

  it.each([
    ['another value', [0, 1], [0, 2]],
    ['another length', [0, 1], [0, 1, 2]],
    ['another type of array', Float32Array.of(1), Float64Array.of(1)],
    ['another key', { a: 1 }, { b: 1 }],
    ['one more key', { a: 1 }, { a: 1, b: undefined }],
    ['nothing at all', [0], undefined],
    ['two models of a class', new Map(), new Map()],
    ['two buffers', new DataView(new ArrayBuffer(1)), new DataView(new ArrayBuffer(1))],
  ])('finds %s', (_, one, other) => {
    expect(sameInput(one, other)).toBe(false);
  });
});
