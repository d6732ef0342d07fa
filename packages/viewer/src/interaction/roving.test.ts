import { describe, expect, it } from 'vitest';
import { rovingTarget } from './roving.ts';

describe('rovingTarget', () => {
  it.each([
    // In a row of five, the arrows of both axes move along the row.
    ['ArrowRight', 1, 5, 5, 2],
    ['ArrowDown', 1, 5, 5, 2],
    ['ArrowUp', 0, 5, 5, undefined],
    ['Home', 3, 5, 5, 0],
    ['End', 3, 5, 5, 4],
    // In two columns, up and down move by rows.
    ['ArrowDown', 1, 6, 2, 3],
    ['ArrowDown', 4, 6, 2, undefined],
    ['ArrowUp', 3, 6, 2, 1],
    ['a', 1, 5, 5, undefined],
    ['toString', 1, 5, 5, undefined],
    ['End', 0, 0, 2, undefined],
  ])('%s from %i of %i in %i columns goes to %s', (key, current, count, columns, expected) => {
    expect(rovingTarget(key, current, count, columns)).toBe(expected);
  });
});
