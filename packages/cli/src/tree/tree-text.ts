import { NO_CLUSTER } from '@shoal/core';
import { branchPlace, type ViewTree } from '@shoal/viewer/data';

/** The most branches that are printed. */
const MAX_BRANCHES = 40;

/**
 * A tree for a terminal, a line for each branch. At most 40 are printed: clusters with what is above them, then the largest or the
 * highest others.
 */
export function treeText(tree: ViewTree): string {
  const { parents } = tree;
  const shown = shownBranches(tree);
  const children: number[][] = Array.from(parents, () => []);
  for (let node = 1; node < parents.length; node++) children[parents[node]].push(node);
  const lines: string[] = [];
  const stack = [{ node: 0, lead: '', own: '' }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, lead, own } = next;
    const parts = children[node].filter((child) => shown.has(child));
    const hidden = children[node].length - parts.length;
    const more =
      hidden > 0 ? `, ${parts.length > 0 ? `${hidden} smaller parts` : 'has parts'} not shown` : '';
    lines.push(`${lead}${own}${describe(tree, node)}${more}`);
    const below = `${lead}${own === '' ? '' : own.startsWith('├') ? '│  ' : '   '}`;
    stack.push(
      ...parts
        .map((part, i) => ({ node: part, lead: below, own: i === parts.length - 1 ? '└─ ' : '├─ ' }))
        .toReversed(),
    );
  }
  return lines.join('\n');
}

function shownBranches({ parents, clusters, sizes }: ViewTree): ReadonlySet<number> {
  const shown = new Set([0]);
  const isCluster = (node: number): boolean => clusters[node] !== NO_CLUSTER;
  const order = Array.from(parents.keys()).sort(
    (a, b) => Number(isCluster(b)) - Number(isCluster(a)) || sizes[b] - sizes[a] || a - b,
  );
  for (const wanted of order) {
    const path: number[] = [];
    for (let node = wanted; !shown.has(node); node = parents[node]) path.push(node);
    if (shown.size + path.length > MAX_BRANCHES) break;
    for (const node of path) shown.add(node);
  }
  return shown;
}

function describe(tree: ViewTree, node: number): string {
  const cluster = tree.clusters[node];
  const size = tree.sizes[node];
  const name = cluster === NO_CLUSTER ? '' : `cluster ${cluster}: `;
  const rows = `${name}${size.toLocaleString('en')} ${size === 1 ? 'row' : 'rows'}`;
  return [rows, ...branchPlace(tree, node)].join(', ');
}
