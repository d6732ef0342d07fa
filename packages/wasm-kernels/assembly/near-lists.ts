import { limitOf, mayBeWithin, sketchOf, slackOf, squareBetween } from './sketches';
import { F32, F64 } from './simd';
import * as tree from './space-tree';

// The nearest other points of each point, by squared distances in float64; of equally near ones the lowest row first.

/** Points in a list, and how many of them are kept. */
export let listLength: usize = 0;
export let keptLength: usize = 0;
/** The neighbor of a list whose distance is the core distance, from 1; 0 makes all core distances 0. */
export let coreNeighbor: usize = 0;
/** One double per place: the squared core distance. */
export let coreSquares: usize = 0;
/** Rows of `keptLength` places, nearest first, and one double per place: no other point is nearer than this square. */
export let keptPlaces: usize = 0;
export let keptReaches: usize = 0;
/** Room of a thread: lists of the points of one leaf, and the limits and slacks of these points. */
export let listSquares: usize = 0;
export let listPlaces: usize = 0;
export let sketchLimits: usize = 0;
export let sketchSlacks: usize = 0;

/** Finds the lists of the points of some leaves. */
export function listLeaves(call: usize, first: usize): void {
  const start = first + call * tree.callLeaves;
  const end = min(tree.leaves, start + tree.callLeaves);
  for (let leaf = start; leaf < end; leaf++) listLeaf(leaf);
}

function listLeaf(leaf: usize): void {
  const start = tree.leafStart(leaf);
  const count = tree.leafStart(leaf + 1) - start;
  for (let i: usize = 0; i < count; i++) {
    store<f32>(sketchLimits + i * F32, Infinity);
    store<f64>(sketchSlacks + i * F64, slackOf(sketchOf(start + i)));
  }
  for (let at: usize = 0; at < count * listLength; at++) store<f64>(listSquares + at * F64, Infinity);
  for (let i: usize = 0; i < count; i++) takeLeaf(start, i, leaf);
  tree.openWalk(leaf, tree.boxOf(tree.leaves + leaf));
  for (;;) {
    const node = tree.nextNode(greatestLimit(count));
    if (node === 0) break;
    if (node < tree.leaves) {
      tree.enterNode(node);
      continue;
    }
    for (let i: usize = 0; i < count; i++) {
      const limit = load<f32>(sketchLimits + i * F32);
      if (tree.gapOf(sketchOf(start + i), node) <= limit) takeLeaf(start, i, node - tree.leaves);
    }
  }
  for (let i: usize = 0; i < count; i++) keep(start + i, i);
}

function greatestLimit(count: usize): f32 {
  let greatest: f32 = 0;
  for (let i: usize = 0; i < count; i++) greatest = max(greatest, load<f32>(sketchLimits + i * F32));
  return greatest;
}

/** Offers the points of a leaf to the list of the point `start + i`. */
function takeLeaf(start: usize, i: usize, leaf: usize): void {
  const itself = start + i;
  const limit = sketchLimits + i * F32;
  const found = tree.scanLeaf(sketchOf(itself), leaf, load<f32>(limit));
  const last = listSquares + (i * listLength + listLength - 1) * F64;
  for (let at: usize = 0; at < found; at++) {
    const place = <usize>load<u32>(tree.hits + at * F32);
    if (place === itself || !mayBeWithin(itself, place, load<f64>(last))) continue;
    offer(i, squareBetween(itself, place), place);
  }
  store<f32>(limit, limitOf(load<f64>(sketchSlacks + i * F64), load<f64>(last)));
}

function offer(i: usize, square: f64, place: usize): void {
  const squares = listSquares + i * listLength * F64;
  const places = listPlaces + i * listLength * F32;
  let at = listLength - 1;
  if (!isBefore(square, place, load<f64>(squares + at * F64), places + at * F32)) return;
  for (; at > 0; at--) {
    const ahead = load<f64>(squares + (at - 1) * F64);
    if (!isBefore(square, place, ahead, places + (at - 1) * F32)) break;
    store<f64>(squares + at * F64, ahead);
    store<u32>(places + at * F32, load<u32>(places + (at - 1) * F32));
  }
  store<f64>(squares + at * F64, square);
  store<u32>(places + at * F32, <u32>place);
}

// @ts-ignore: decorator
@inline
function isBefore(square: f64, place: usize, than: f64, otherPlace: usize): bool {
  return square < than || (square === than && square < Infinity && tree.rowOf(place) < tree.rowOf(load<u32>(otherPlace)));
}

function keep(place: usize, i: usize): void {
  const squares = listSquares + i * listLength * F64;
  store<f64>(coreSquares + place * F64, coreNeighbor === 0 ? 0 : load<f64>(squares + (coreNeighbor - 1) * F64));
  store<f64>(keptReaches + place * F64, load<f64>(squares + (keptLength - 1) * F64));
  const lists = listPlaces + i * listLength * F32;
  memory.copy(keptPlaces + place * keptLength * F32, lists, keptLength * F32);
}
