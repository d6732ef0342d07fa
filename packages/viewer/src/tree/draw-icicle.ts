import type { CondensedViewTree } from '../data/view-tree.ts';
import { branchesOf } from './branches.ts';
import { levelAt, levelScale, shareOfLevel, type LevelScale } from './level-scale.ts';
import { MARGIN, px, type DrawnBranch, type TreePicture, type TreeRoom } from './picture.ts';
import { roundDistances } from './ticks.ts';

/** The least width of a branch, in CSS pixels. */
const LEAST = 1.2;
/** How many times the width of a branch is measured on its way. */
const STEPS = 16;

/**
 * A condensed tree: a branch is as wide as it has points, and becomes narrower where it loses them. Distances go down, on a
 * scale of their logarithms.
 */
export function drawIcicle(tree: CondensedViewTree, room: TreeRoom): TreePicture {
  const { births, deaths, sizes } = tree;
  const { children } = branchesOf(tree);
  const scale = levelScale(tree, room.root);
  const height = room.height - MARGIN.top - MARGIN.bottom;
  const yOf = (distance: number): number => MARGIN.top + height * shareOfLevel(scale, 1 / distance);
  const perPoint = (room.width - MARGIN.left - MARGIN.right) / Math.max(1, sizes[room.root]);
  const staying = stayingOf(tree);
  const branches: DrawnBranch[] = [];
  type Waiting = Pick<DrawnBranch, 'node' | 'depth' | 'place' | 'siblings'> & { readonly middle: number };
  const middle = MARGIN.left + (perPoint * sizes[room.root]) / 2;
  const stack: Waiting[] = [{ node: room.root, depth: 1, place: 1, siblings: 1, middle }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, middle: x, ...rest } = next;
    const widths = widthsOf(node, staying[node], scale, births[node], deaths[node]);
    const top = yOf(1 / births[node]);
    const bottom = Math.max(top + 1, yOf(1 / deaths[node]));
    const shown = children[node].filter((child) => perPoint * sizes[child] >= LEAST);
    branches.push({
      ...{ node, ...rest },
      path: outline(
        widths.map((width) => width * perPoint * sizes[node]),
        { x, top, bottom },
      ),
      isFilled: true,
      isCollapsed: shown.length < children[node].length,
    });
    const all = children[node].reduce((sum, child) => sum + sizes[child], 0);
    let left = x - (perPoint * all) / 2;
    const parts: Waiting[] = [];
    for (const child of children[node]) {
      const width = perPoint * sizes[child];
      if (width >= LEAST) {
        const place = parts.length + 1;
        const siblings = shown.length;
        parts.push({ node: child, depth: next.depth + 1, place, siblings, middle: left + width / 2 });
      }
      left += width;
    }
    stack.push(...parts.toReversed());
  }
  const ticks = roundDistances(1 / scale.high, 1 / scale.low, height);
  return {
    branches,
    yOf,
    measure: 'distance',
    ticks: ticks.map(({ value, text }) => ({ y: yOf(value), text })),
  };
}

/** How many of its shown points stay in a branch until it divides, and the levels at which the others leave, ascending. */
interface Staying {
  readonly below: number;
  readonly leaving: Float32Array;
}

function stayingOf(tree: CondensedViewTree): readonly Staying[] {
  const { parents, nodes, levels } = tree;
  const own = new Uint32Array(parents.length);
  for (const node of nodes) own[node]++;
  const below = new Uint32Array(parents.length);
  for (let node = parents.length - 1; node > 0; node--) below[parents[node]] += below[node] + own[node];
  const leaving = Array.from(own, (count) => new Float32Array(count));
  const filled = new Uint32Array(parents.length);
  nodes.forEach((node, point) => {
    leaving[node][filled[node]++] = levels[point];
  });
  return leaving.map((list, node) => ({ below: below[node], leaving: list.sort() }));
}

/** The width of a branch at even steps of its way, as shares of its first one. */
function widthsOf(
  node: number,
  { below, leaving }: Staying,
  scale: LevelScale,
  birth: number,
  death: number,
): readonly number[] {
  const from = shareOfLevel(scale, birth);
  const to = shareOfLevel(scale, death);
  const all = below + leaving.length;
  let gone = 0;
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    if (all === 0 || (step === 0 && node > 0)) return 1;
    const level = levelAt(scale, from + ((to - from) * step) / STEPS);
    while (gone < leaving.length && leaving[gone] < level * (1 - 1e-6)) gone++;
    return (all - gone) / all;
  });
}

function outline(
  widths: readonly number[],
  { x, top, bottom }: { readonly x: number; readonly top: number; readonly bottom: number },
): string {
  const y = (step: number): number => top + ((bottom - top) * step) / (widths.length - 1);
  const right = widths.map((width, step) => `${px(x + width / 2)} ${px(y(step))}`);
  const left = widths.map((width, step) => `${px(x - width / 2)} ${px(y(step))}`);
  return `M${[...right, ...left.toReversed()].join('L')}Z`;
}
