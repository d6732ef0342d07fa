import { closeLimits, greatestLimit, nearPairs, pairs, setLimits } from './leaf-blocks';
import { F32 } from './simd';
import { mayBeWithin, quickLimitOf, sketchOf, slackOf, squareBetween } from './sketches';
import * as tree from './space-tree';

// Pairs of points within a radius: how many a point has, and which core points they connect. The components are trees of
// `parents`, whose roots have the lowest rows. Threads join them without waiting for each other; the components are the same
// in any order.

/** One u32 per place: the points within the radius, itself included. */
export let radiusCounts: usize = 0;
/** One byte per place: whether it is a core point. */
export let isCore: usize = 0;
/** One u32 per place: a place with a lower row in the same component, or itself for a root and for a point without one. */
export let parents: usize = 0;
/** One u32 per place: the row of the root of its component, or NOWHERE. */
export let rootRows: usize = 0;

const NOWHERE: u32 = 0xffffffff;

/** What is done with a pair of points. */
const COUNT: i32 = 0;
const JOIN: i32 = 1;
const ATTACH: i32 = 2;

/** Counts the points within the radius of the points of some leaves. */
export function countWithin(call: usize, square: f64): void {
  forPairs(call, square, COUNT);
}

/** Joins the core points of some leaves with those within the radius. */
export function joinWithin(call: usize, square: f64): void {
  forPairs(call, square, JOIN);
}

/** Finds the components of the points of some leaves, after all have been joined. */
export function attachWithin(call: usize, square: f64): void {
  const last = tree.leafStart(min(tree.leaves, (call + 1) * tree.callLeaves));
  for (let place = tree.leafStart(call * tree.callLeaves); place < last; place++) {
    store<u32>(rootRows + place * F32, isCorePoint(place) ? tree.rowOf(rootOf(<u32>place)) : NOWHERE);
  }
  forPairs(call, square, ATTACH);
}

// @ts-ignore: decorator
@inline
function isCorePoint(place: usize): bool {
  return load<u8>(isCore + place) !== 0;
}

function forPairs(call: usize, square: f64, what: i32): void {
  const last = min(tree.leaves, (call + 1) * tree.callLeaves);
  for (let leaf = call * tree.callLeaves; leaf < last; leaf++) forPairsOf(leaf, square, what);
}

function forPairsOf(leaf: usize, square: f64, what: i32): void {
  const start = tree.leafStart(leaf);
  const count = tree.leafStart(leaf + 1) - start;
  closeLimits(leaf);
  for (let i: usize = 0; i < count; i++) {
    const isWanted = what === COUNT || isCorePoint(start + i) === (what === JOIN);
    if (isWanted) setLimits(i, slackOf(sketchOf(start + i)), square);
  }
  const greatest = greatestLimit(leaf);
  if (greatest < 0) return;
  visitLeaf(leaf, leaf, square, what);
  tree.openWalk(leaf, tree.boxOf(tree.leaves + leaf));
  for (;;) {
    const node = tree.nextNode(greatest);
    if (node === 0) break;
    if (node < tree.leaves) tree.enterNode(node);
    else visitLeaf(leaf, node - tree.leaves, square, what);
  }
}

function visitLeaf(ownLeaf: usize, leaf: usize, square: f64, what: i32): void {
  const ownStart = tree.leafStart(ownLeaf);
  const start = tree.leafStart(leaf);
  const end = pairs + nearPairs(ownLeaf, leaf) * F32;
  for (let from = pairs; from < end; from += F32) {
    const pair = <usize>load<u32>(from);
    const place = ownStart + (pair >> 16);
    const other = start + (pair & 0xffff);
    if (what === COUNT) {
      if (isWithin(place, other, square)) increase(radiusCounts + place * F32);
    } else if (isCorePoint(other)) {
      if (what === JOIN) joinPair(place, other, square);
      else attach(place, other, square);
    }
  }
}

// @ts-ignore: decorator
@inline
function isWithin(place: usize, other: usize, square: f64): bool {
  return mayBeWithin(place, other, quickLimitOf(square)) && squareBetween(place, other) <= square;
}

// @ts-ignore: decorator
@inline
function increase(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/** Each pair comes twice, once from either point; one time is enough. */
function joinPair(place: usize, other: usize, square: f64): void {
  if (other >= place) return;
  let a = rootOf(<u32>place);
  let b = rootOf(<u32>other);
  if (a === b || !isWithin(place, other, square)) return;
  while (a !== b) {
    const low = tree.rowOf(a) < tree.rowOf(b) ? a : b;
    const high = a ^ b ^ low;
    if (atomic.cmpxchg<u32>(parents + <usize>high * F32, high, low) === high) return;
    a = rootOf(low);
    b = rootOf(high);
  }
}

// @ts-ignore: decorator
@inline
function parentOf(place: u32): u32 {
  return atomic.load<u32>(parents + <usize>place * F32);
}

/** The root of a place; shortens the way to it. */
function rootOf(place: u32): u32 {
  let at = place;
  let parent = parentOf(at);
  while (parent !== at) {
    const next = parentOf(parent);
    if (next !== parent) atomic.cmpxchg<u32>(parents + <usize>at * F32, parent, next);
    at = next;
    parent = parentOf(at);
  }
  return at;
}

/** A point that is no core point belongs to the component with the lowest root. */
function attach(place: usize, other: usize, square: f64): void {
  const root = tree.rowOf(rootOf(<u32>other));
  const at = rootRows + place * F32;
  if (root < load<u32>(at) && isWithin(place, other, square)) store<u32>(at, root);
}
