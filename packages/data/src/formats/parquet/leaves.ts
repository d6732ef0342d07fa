import type { SchemaElement, SchemaTree } from 'hyparquet';

/** A column of the file: an end of its tree of columns. */
export interface Leaf {
  /** Its position in each row group. */
  readonly index: number;
  readonly element: SchemaElement;
  /** From the root to the leaf. */
  readonly path: readonly SchemaTree[];
  /** Number of nodes of the path that may be missing. */
  readonly maxDefinition: number;
  /** Number of lists that it is in. */
  readonly maxRepetition: number;
}

/** All leaves below a node, in the order of the file. */
export function leavesOf(root: SchemaTree): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (path: readonly SchemaTree[]): void => {
    const node = path[path.length - 1];
    for (const child of node.children) visit([...path, child]);
    if (node.children.length > 0) return;
    const count = (fits: (node: SchemaTree) => boolean): number => path.slice(1).filter(fits).length;
    leaves.push({
      index: leaves.length,
      element: node.element,
      path,
      maxDefinition: count(({ element }) => element.repetition_type !== 'REQUIRED'),
      maxRepetition: count(({ element }) => element.repetition_type === 'REPEATED'),
    });
  };
  visit([root]);
  return leaves;
}
