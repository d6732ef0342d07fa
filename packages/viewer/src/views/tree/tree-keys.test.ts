import { expect, it } from 'vitest';
import type { DrawnBranch } from '../../tree/picture.ts';
import { branchTarget, hasDrawnParts } from './tree-keys.ts';

/** A root with two parts, of which the first has two: 0 (1 (2 3) 4). */
const branches = [1, 2, 3, 3, 2].map((depth, node): DrawnBranch => ({
  ...{ node, depth, place: 1, siblings: 1, path: '' },
  isFilled: false,
  isCollapsed: false,
}));

it.each([
  ['ArrowDown', 1, 2],
  ['ArrowDown', 4, undefined],
  ['ArrowUp', 4, 3],
  ['ArrowUp', 0, undefined],
  ['ArrowRight', 1, 2],
  ['ArrowRight', 3, undefined],
  ['ArrowLeft', 3, 1],
  ['ArrowLeft', 4, 0],
  ['ArrowLeft', 0, undefined],
  ['Home', 3, 0],
  ['End', 0, 4],
  ['a', 0, undefined],
])('moves by %s from %i', (key, current, target) => {
  expect(branchTarget(key, branches, current)).toBe(target);
});

it('knows which branches have parts in the picture', () => {
  expect(branches.map((_, place) => hasDrawnParts(branches, place))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
