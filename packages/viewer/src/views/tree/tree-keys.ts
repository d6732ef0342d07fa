import type { DrawnBranch } from '../../tree/picture.ts';

/**
 * Where a key moves the focus in a tree, as the ARIA pattern for trees says: up and down through all branches in their order,
 * left to the branch above, right to the first part, Home and End.
 *
 * @param branches the drawn ones, each before its parts
 * @param current place of the focused one
 * @returns a place; undefined for a key that does not move the focus
 */
export function branchTarget(
  key: string,
  branches: readonly DrawnBranch[],
  current: number,
): number | undefined {
  const last = branches.length - 1;
  switch (key) {
    case 'ArrowDown':
      return current < last ? current + 1 : undefined;
    case 'ArrowUp':
      return current > 0 ? current - 1 : undefined;
    case 'ArrowRight':
      return hasDrawnParts(branches, current) ? current + 1 : undefined;
    case 'ArrowLeft': {
      const { depth } = branches[current];
      const above = branches.findLastIndex((branch, i) => i < current && branch.depth < depth);
      return above < 0 ? undefined : above;
    }
    case 'Home':
      return current > 0 ? 0 : undefined;
    case 'End':
      return current < last ? last : undefined;
    default:
      return undefined;
  }
}

/** Whether parts of a branch are drawn: they come next. */
export function hasDrawnParts(branches: readonly DrawnBranch[], place: number): boolean {
  return place + 1 < branches.length && branches[place + 1].depth > branches[place].depth;
}
