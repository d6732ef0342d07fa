import type { SplitViewTree } from '../data/view-tree.ts';
import { branchesOf } from './branches.ts';
import { MARGIN, px, type DrawnBranch, type TreePicture, type TreeRoom } from './picture.ts';
import { roundValues } from './ticks.ts';

/** CSS pixels between the leaves of the picture. */
const APART = 9;
/** The half width and the height of the triangle of a leaf that stands for more. */
const FAN = { width: 3, height: 10 } as const;

/**
 * A dendrogram from the root at the top: as many of the highest divisions as there is room for. Leaves that stand for more
 * branches end in triangles.
 */
export function drawDendrogram(tree: SplitViewTree, room: TreeRoom): TreePicture {
  const { heights, parents } = tree;
  const { children } = branchesOf(tree);
  const leaves = Math.max(2, Math.floor((room.width - MARGIN.left - MARGIN.right) / APART));
  const open = openNodes(tree, room.root, leaves);
  const height = room.height - MARGIN.top - MARGIN.bottom - FAN.height;
  // Inertias are squared distances.
  const scaled = (value: number): number => (tree.kind === 'splits' ? Math.sqrt(value) : value);
  const most = scaled(heights[room.root]) || 1;
  const yOf = (value: number): number =>
    MARGIN.top + height * (1 - Math.max(0, Math.min(1.02, scaled(value) / most)));
  const { order, middles } = place(room, children, open);
  const branches = order.map(({ node, ...rest }): DrawnBranch => {
    const x = middles.get(node) ?? 0;
    const isOpen = open.has(node);
    const isCollapsed = !isOpen && children[node].length > 0;
    const top = node === room.root ? MARGIN.top - 6 : yOf(heights[parents[node]]);
    const y = yOf(heights[node]);
    const stem = `M${px(x)} ${px(top)}V${px(y)}`;
    const [left = node, right = node] = isOpen ? children[node] : [];
    const bar = isOpen ? `M${px(middles.get(left) ?? x)} ${px(y)}H${px(middles.get(right) ?? x)}` : '';
    const fan = isCollapsed ? `M${px(x)} ${px(y)}l${-FAN.width} ${FAN.height}h${2 * FAN.width}z` : '';
    return { node, ...rest, path: `${stem}${bar}${fan}`, isFilled: false, isCollapsed };
  });
  const ticks = roundValues(heights[room.root], height);
  return {
    branches,
    yOf,
    measure: tree.kind === 'splits' ? 'inertia' : 'distance',
    ticks: ticks.map(({ value, text }) => ({ y: yOf(value), text })),
  };
}

/** The nodes that the picture divides: from the root on the ones that were divided first, until it has so many leaves. */
function openNodes({ parents }: SplitViewTree, root: number, leaves: number): ReadonlySet<number> {
  const open = new Set<number>();
  const shown = new Set([root]);
  for (let left = 1; left < parents.length && open.size + 1 < leaves; left += 2) {
    const divided = parents[left];
    if (!shown.has(divided)) continue;
    open.add(divided);
    shown.add(left).add(left + 1);
  }
  return open;
}

/** The shown nodes, each before its parts, and where they are: leaves side by side, others between their parts. */
function place(
  { root, width }: TreeRoom,
  children: readonly (readonly number[])[],
  open: ReadonlySet<number>,
): {
  readonly order: readonly Pick<DrawnBranch, 'node' | 'depth' | 'place' | 'siblings'>[];
  readonly middles: ReadonlyMap<number, number>;
} {
  const order: Pick<DrawnBranch, 'node' | 'depth' | 'place' | 'siblings'>[] = [];
  const stack = [{ node: root, depth: 1, place: 1, siblings: 1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    order.push(next);
    if (!open.has(next.node)) continue;
    const { node, depth } = next;
    stack.push(
      ...children[node]
        .map((child, i) => ({ node: child, depth: depth + 1, place: i + 1, siblings: children[node].length }))
        .toReversed(),
    );
  }
  const leaves = order.filter(({ node }) => !open.has(node));
  const apart = (width - MARGIN.left - MARGIN.right) / leaves.length;
  const middles = new Map(leaves.map(({ node }, i) => [node, MARGIN.left + (i + 0.5) * apart]));
  for (const { node } of order.toReversed()) {
    if (!open.has(node)) continue;
    const parts = children[node].map((child) => middles.get(child) ?? 0);
    middles.set(node, parts.reduce((sum, x) => sum + x, 0) / parts.length);
  }
  return { order, middles };
}
