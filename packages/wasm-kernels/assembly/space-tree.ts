import { rows } from './points';
import { addLanes, sketchBytes, sketchColumns, sketchOf } from './sketches';
import { F32, VECTOR } from './simd';

// A balanced k-d tree over the sketches of points. Nodes are numbered from the root, 1; the children of node i are 2 i and
// 2 i + 1. A place is a position in the order of the leaves. In a leaf, points are in groups of eight near ones.

/** Points that are compared with a sketch at a time. */
export const GROUP: usize = 8;

/** Number of leaves, a power of two, and how many one call handles. */
export let leaves: usize = 0;
export let callLeaves: usize = 0;
/** The row of each place, N u32. */
export let placeRows: usize = 0;
/** The least and greatest coordinates in each node, two padded sketches. */
export let nodeBoxes: usize = 0;
/** Bytes of the coordinates by which nodes are compared: of the first ones, when the others hardly matter. */
export let gapBytes: usize = 0;
/** Room of a thread: waiting nodes and their gaps. */
export let walkStack: usize = 0;

// @ts-ignore: decorator
@inline
export function rowOf(place: usize): u32 {
  return load<u32>(placeRows + place * F32);
}

/** The first place of a leaf; of the number after the last leaf, N. */
// @ts-ignore: decorator
@inline
export function leafStart(leaf: usize): usize {
  return <usize>((<u64>leaf * <u64>rows) / <u64>leaves);
}

/** The two padded sketches that bound a node. */
// @ts-ignore: decorator
@inline
export function boxOf(node: usize): usize {
  return nodeBoxes + 2 * node * sketchBytes();
}

/** Divides one of the nodes of a level, whose first node has the number `first`. */
export function splitNode(index: usize, first: usize): void {
  split(first + index);
}

/** The same, and all nodes below it. */
export function splitSubtree(index: usize, first: usize): void {
  splitAll(first + index);
}

function splitAll(node: usize): void {
  if (node >= leaves) {
    orderLeaf(node - leaves);
    return;
  }
  split(node);
  splitAll(2 * node);
  splitAll(2 * node + 1);
}

function split(node: usize): void {
  const level = 31 - clz<u32>(<u32>node);
  const leavesBelow = leaves >> level;
  const firstLeaf = (node - ((<usize>1) << level)) * leavesBelow;
  const start = leafStart(firstLeaf);
  const end = leafStart(firstLeaf + leavesBelow);
  enclose(boxOf(node), start, end);
  select(start, end, leafStart(firstLeaf + leavesBelow / 2), widest(boxOf(node)));
}

function enclose(box: usize, start: usize, end: usize): void {
  const bytes = sketchBytes();
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    let least = f32x4.splat(Infinity);
    let greatest = f32x4.splat(-Infinity);
    for (let from = sketchOf(start) + j; from < sketchOf(end); from += bytes) {
      const four = v128.load(from);
      least = f32x4.min(least, four);
      greatest = f32x4.max(greatest, four);
    }
    v128.store(box + j, least);
    v128.store(box + bytes + j, greatest);
  }
}

function widest(box: usize): usize {
  let most: f32 = -1;
  let column: usize = 0;
  for (let j: usize = 0; j < sketchColumns; j++) {
    const width = load<f32>(box + sketchBytes() + j * F32) - load<f32>(box + j * F32);
    if (width <= most) continue;
    most = width;
    column = j;
  }
  return column;
}

/** Moves the places from `start` to `end` so that no coordinate before `middle` is greater than one from `middle` on. */
function select(start: usize, end: usize, middle: usize, column: usize): void {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const pivot = median(coordinate(low, column), coordinate((low + high) / 2, column), coordinate(high, column));
    let i = low;
    let k = high;
    while (i <= k) {
      while (coordinate(i, column) < pivot) i++;
      while (coordinate(k, column) > pivot) k--;
      if (i > k) break;
      swap(i, k);
      i++;
      // Places are not negative: at 0 nothing is left on that side.
      if (k === 0) break;
      k--;
    }
    if (middle <= k && k < high) high = k;
    else if (middle >= i) low = i;
    else return;
  }
}

// @ts-ignore: decorator
@inline
function coordinate(place: usize, column: usize): f32 {
  return load<f32>(sketchOf(place) + column * F32);
}

// @ts-ignore: decorator
@inline
function median(a: f32, b: f32, c: f32): f32 {
  return max(min(a, b), min(max(a, b), c));
}

function swap(a: usize, b: usize): void {
  if (a === b) return;
  const bytes = sketchBytes();
  const p = sketchOf(a);
  const q = sketchOf(b);
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    const held = v128.load(p + j);
    v128.store(p + j, v128.load(q + j));
    v128.store(q + j, held);
  }
  const row = rowOf(a);
  store<u32>(placeRows + a * F32, rowOf(b));
  store<u32>(placeRows + b * F32, row);
}

function orderLeaf(leaf: usize): void {
  const start = leafStart(leaf);
  const end = leafStart(leaf + 1);
  const box = boxOf(leaves + leaf);
  groupNear(box, start, end);
  enclose(box, start, end);
}

/** Orders the points of a leaf by groups. */
function groupNear(box: usize, start: usize, end: usize): void {
  if (end - start <= GROUP) return;
  enclose(box, start, end);
  const middle = start + ((end - start + GROUP - 1) / GROUP / 2) * GROUP;
  select(start, end, middle, widest(box));
  groupNear(box, start, middle);
  groupNear(box, middle, end);
}

// A walk through the nodes near a box, nearest first in each subtree: from a leaf upwards.

let walkBox: usize = 0;
/** The node whose sibling is next when no node waits. */
let walkNode: usize = 0;
let walkTop: usize = 0;

/** Begins a walk at a leaf, which is not visited itself. `box` is two padded sketches. */
export function openWalk(leaf: usize, box: usize): void {
  walkBox = box;
  walkNode = leaves + leaf;
  walkTop = walkStack;
}

/** The next node whose squared distance is at most the limit, or 0. What is below it is visited after `enterNode`. */
export function nextNode(limit: f32): usize {
  while (walkTop > walkStack) {
    walkTop -= 8;
    if (load<f32>(walkTop, 4) <= limit) return <usize>load<u32>(walkTop);
  }
  while (walkNode > 1) {
    const sibling = walkNode ^ 1;
    walkNode >>= 1;
    if (gapTo(sibling) <= limit) return sibling;
  }
  return 0;
}

/** Lets the walk go on with the children of a node, the nearer one first. */
export function enterNode(node: usize): void {
  const left = node << 1;
  const toLeft = gapTo(left);
  const toRight = gapTo(left + 1);
  const leftFirst = toLeft <= toRight;
  store<u32>(walkTop, <u32>(leftFirst ? left + 1 : left));
  store<f32>(walkTop, leftFirst ? toRight : toLeft, 4);
  store<u32>(walkTop, <u32>(leftFirst ? left : left + 1), 8);
  store<f32>(walkTop, leftFirst ? toLeft : toRight, 12);
  walkTop += 16;
}

// @ts-ignore: decorator
@inline
function gapTo(node: usize): f32 {
  return gapBetween(walkBox, walkBox + sketchBytes(), node);
}

// @ts-ignore: decorator
@inline
function gapBetween(least: usize, greatest: usize, node: usize): f32 {
  const nodeLeast = boxOf(node);
  const nodeGreatest = nodeLeast + sketchBytes();
  let sum = f32x4.splat(0);
  for (let j: usize = 0; j < gapBytes; j += VECTOR) {
    const above = f32x4.sub(v128.load(nodeLeast + j), v128.load(greatest + j));
    const below = f32x4.sub(v128.load(least + j), v128.load(nodeGreatest + j));
    const gap = f32x4.max(f32x4.max(above, below), f32x4.splat(0));
    sum = f32x4.add(sum, f32x4.mul(gap, gap));
  }
  return addLanes(sum);
}
