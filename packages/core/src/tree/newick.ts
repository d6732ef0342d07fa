import type { Merges } from './merges.ts';

/** Settings of the Newick format. */
export interface NewickOptions {
  /** The name of each leaf; default its number, from 0. Names with other characters than letters and digits are quoted. */
  readonly nameOf?: ((leaf: number) => string) | undefined;
}

/**
 * A tree in the Newick format: `((0:1,1:1):2,2:3);`. The length of a branch is the height of the merge above it less the
 * height of the part below it.
 */
export function newickOf({ left, right, heights }: Merges, { nameOf = String }: NewickOptions): string {
  const leaves = heights.length + 1;
  if (leaves === 1) return `${quoted(nameOf(0))};`;
  const pieces: string[] = [];
  // Pieces of text and nodes to write, the next one last: a chain may be too deep for recursion.
  const stack: (string | { node: number; below: number })[] = [';'];
  const pushMerge = (m: number): void => {
    const below = heights[m];
    stack.push(')', { node: right[m], below }, ',', { node: left[m], below }, '(');
  };
  pushMerge(leaves - 2);
  while (stack.length > 0) {
    const next = stack.pop()!;
    if (typeof next === 'string') {
      pieces.push(next);
    } else if (next.node < leaves) {
      pieces.push(`${quoted(nameOf(next.node))}:${next.below}`);
    } else {
      const m = next.node - leaves;
      stack.push(`:${next.below - heights[m]}`);
      pushMerge(m);
    }
  }
  return pieces.join('');
}

function quoted(name: string): string {
  return /^[\p{L}\p{N}]+$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
}
