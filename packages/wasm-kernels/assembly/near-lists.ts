import { closeLimits, greatestLimit, groupsOf, nearPoints, scanGroups, setLimits } from './leaf-blocks';
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
    takeOwnLeaf(i, leaf);
  }
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

/** Offers the points of its own leaf to a list, first those of enough near groups to fill it. */
function takeOwnLeaf(i: usize, leaf: usize): void {
  const groups = groupsOf(leaf);
  const end = min(groups, i / tree.GROUP + listLength / tree.GROUP + 1);
  const first = min(i / tree.GROUP, end - min(end, listLength / tree.GROUP + 1));
  setLimits(i, 0, Infinity);
  takeGroups(i, leaf, leaf, first, end);
  takeGroups(i, leaf, leaf, 0, first);
  takeGroups(i, leaf, leaf, end, groups);
}

/** Offers the points of a leaf to the lists of another one; tells whether one of these changed. */
function takeLeaf(ownLeaf: usize, leaf: usize): bool {
  const ownGroups = groupsOf(ownLeaf);
  const groups = groupsOf(leaf);
  let isChanged = false;
  for (let group: usize = 0; group < ownGroups; group++) {
    for (let bits = nearPoints(ownLeaf, group, leaf); bits !== 0; bits &= bits - 1) {
      const i = group * tree.GROUP + <usize>ctz(bits);
      if (takeGroups(i, ownLeaf, leaf, 0, groups)) isChanged = true;
    }
  }
  return isChanged;
}

/** Offers the points of some groups of a leaf to the list of the point `i` of its own leaf. */
function takeGroups(i: usize, ownLeaf: usize, leaf: usize, first: usize, end: usize): bool {
  const found = scanGroups(ownLeaf, i, leaf, first, end);
  if (found === 0) return false;
  const itself = tree.leafStart(ownLeaf) + i;
  const last = listSquares + (i * listLength + listLength - 1) * F64;
  let limit = quickLimitOf(load<f64>(last));
  let isChanged = false;
  for (let at: usize = 0; at < found; at++) {
    const place = <usize>load<u32>(tree.hits + at * F32);
    if (place === itself || !mayBeWithin(itself, place, limit)) continue;
    if (!offer(i, squareBetween(itself, place), place)) continue;
    limit = quickLimitOf(load<f64>(last));
    isChanged = true;
  }
  if (isChanged) setLimits(i, load<f64>(sketchSlacks + i * F64), load<f64>(last));
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
