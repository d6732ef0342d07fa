import { closeLimits, greatestLimit, nearPairs, pairs, setLimits } from './leaf-blocks';
import { F32, F64 } from './simd';
import { mayBeWithin, quickLimitOf, sketchOf, slackOf, squareBetween } from './sketches';
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
/** Room of a thread: lists of the points of one leaf, and the slacks of their sketches. */
export let listSquares: usize = 0;
export let listPlaces: usize = 0;
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
  for (let at: usize = 0; at < count * listLength; at++) store<f64>(listSquares + at * F64, Infinity);
  closeLimits(leaf);
  for (let i: usize = 0; i < count; i++) {
    store<f64>(sketchSlacks + i * F64, slackOf(sketchOf(start + i)));
    fillList(i, start, count);
    setLimits(i, load<f64>(sketchSlacks + i * F64), lastSquare(i));
  }
  takeLeaf(leaf, leaf);
  tree.openWalk(leaf, tree.boxOf(tree.leaves + leaf));
  let limit = greatestLimit(leaf);
  for (;;) {
    const node = tree.nextNode(limit);
    if (node === 0) break;
    if (node < tree.leaves) tree.enterNode(node);
    else if (takeLeaf(leaf, node - tree.leaves)) limit = greatestLimit(leaf);
  }
  for (let i: usize = 0; i < count; i++) keep(start + i, i);
}

// @ts-ignore: decorator
@inline
function lastSquare(i: usize): f64 {
  return load<f64>(listSquares + (i * listLength + listLength - 1) * F64);
}

/** Where the points begin that fill the list of the point `i` of a leaf of `count` points at first: `firstPoints` of them. */
// @ts-ignore: decorator
@inline
function firstPoint(i: usize, count: usize): usize {
  return min(i & ~(tree.GROUP - 1), count - firstPoints(count));
}

// @ts-ignore: decorator
@inline
function firstPoints(count: usize): usize {
  return min(count, (listLength / tree.GROUP + 1) * tree.GROUP);
}

/** Fills the list of a point from the groups next to it. */
function fillList(i: usize, start: usize, count: usize): void {
  const first = firstPoint(i, count);
  const end = first + firstPoints(count);
  for (let at = first; at < end; at++) {
    if (at !== i) offer(i, squareBetween(start + i, start + at), start + at);
  }
}

/** Offers the points of a leaf to the lists of another one; tells whether one of these changed. */
function takeLeaf(ownLeaf: usize, leaf: usize): bool {
  const start = tree.leafStart(leaf);
  const ownStart = tree.leafStart(ownLeaf);
  const count = tree.leafStart(ownLeaf + 1) - ownStart;
  const end = pairs + nearPairs(ownLeaf, leaf) * F32;
  let isChanged = false;
  for (let from = pairs; from < end; from += F32) {
    const pair = <usize>load<u32>(from);
    const i = pair >> 16;
    const at = pair & 0xffff;
    if (ownLeaf === leaf && (at === i || at - firstPoint(i, count) < firstPoints(count))) continue;
    const limit = quickLimitOf(lastSquare(i));
    if (!mayBeWithin(ownStart + i, start + at, limit)) continue;
    if (!offer(i, squareBetween(ownStart + i, start + at), start + at)) continue;
    setLimits(i, load<f64>(sketchSlacks + i * F64), lastSquare(i));
    isChanged = true;
  }
  return isChanged;
}

/** Puts a point into the list of the point `i`; tells whether it is near enough. */
function offer(i: usize, square: f64, place: usize): bool {
  const squares = listSquares + i * listLength * F64;
  const places = listPlaces + i * listLength * F32;
  let at = listLength - 1;
  if (!isBefore(square, place, load<f64>(squares + at * F64), places + at * F32)) return false;
  for (; at > 0; at--) {
    const ahead = load<f64>(squares + (at - 1) * F64);
    if (!isBefore(square, place, ahead, places + (at - 1) * F32)) break;
    store<f64>(squares + at * F64, ahead);
    store<u32>(places + at * F32, load<u32>(places + (at - 1) * F32));
  }
  store<f64>(squares + at * F64, square);
  store<u32>(places + at * F32, <u32>place);
  return true;
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
