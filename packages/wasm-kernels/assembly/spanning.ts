import { closeLimits, greatestLimit, nearPairs, pairs, setLimits } from './leaf-blocks';
import { coreSquares, keptLength, keptPlaces, keptReaches, sketchSlacks } from './near-lists';
import { rows } from './points';
import { F32, F64, VECTOR } from './simd';
import { mayBeWithin, quickLimitOf, sketchBytes, sketchOf, slackOf, squareBetween } from './sketches';
import * as tree from './space-tree';

// The shortest edge from each component to another one. The weight of an edge is the greatest of the squared core distances of
// both points and their squared distance. Of edges with the same weight the one of nearer points is the shorter one, then that
// of the lower row, then that of the lower other row.

/** One u32 per place: its component. */
export let placeComponents: usize = 0;
/** One double per component: the weight of the shortest known edge that leaves it. */
export let componentWeights: usize = 0;
/** One u32 per component: the place where its shortest edge begins. */
export let componentPlaces: usize = 0;
/** Of each node, the component of all its points, or MIXED, and their least squared core distance. */
export let nodeComponents: usize = 0;
export let nodeCores: usize = 0;
/** Of each place: where its shortest known edge to another component ends, its weight and its squared distance. */
export let edgePlaces: usize = 0;
export let edgeWeights: usize = 0;
export let edgeSquares: usize = 0;
/** Of each place: a weight that none of its edges is below, and whether no edge is shorter than the known one. */
export let edgeFloors: usize = 0;
export let isSettled: usize = 0;
/**
 * Room of a thread: the searching points of a leaf, as numbers within the leaf; of each point of the leaf the weight above which
 * it searches no more; and a box around the searching points.
 */
export let searchers: usize = 0;
export let searchWeights: usize = 0;
export let searchBox: usize = 0;

const MIXED: u32 = 0xffffffff;
const NOWHERE: u32 = 0xffffffff;

/** The greatest of the weights above which the points of this leaf search no more. */
let greatestWeight: f64 = 0;

// @ts-ignore: decorator
@inline
function componentOf(place: usize): u32 {
  return load<u32>(placeComponents + place * F32);
}

// @ts-ignore: decorator
@inline
function coreOf(place: usize): f64 {
  return load<f64>(coreSquares + place * F64);
}

// @ts-ignore: decorator
@inline
function weightOf(place: usize): f64 {
  return load<f64>(edgeWeights + place * F64);
}

/** Other threads lower it meanwhile. An older value only makes a search longer: what it finds is the same. */
// @ts-ignore: decorator
@inline
function leastWeight(component: u32): f64 {
  return reinterpret<f64>(atomic.load<u64>(componentWeights + <usize>component * F64));
}

function lowerWeight(component: u32, weight: f64): void {
  const at = componentWeights + <usize>component * F64;
  // Doubles that are not negative are in the order of their bits.
  const bits = reinterpret<u64>(weight);
  let held = atomic.load<u64>(at);
  while (bits < held) {
    const seen = atomic.cmpxchg<u64>(at, held, bits);
    if (seen === held) return;
    held = seen;
  }
}

/** Notes the components and core distances of some leaves. */
export function labelLeaves(call: usize): void {
  const last = min(tree.leaves, (call + 1) * tree.callLeaves);
  for (let leaf = call * tree.callLeaves; leaf < last; leaf++) {
    const start = tree.leafStart(leaf);
    const end = tree.leafStart(leaf + 1);
    let component = componentOf(start);
    let core: f64 = Infinity;
    for (let place = start; place < end; place++) {
      if (componentOf(place) !== component) component = MIXED;
      core = min(core, coreOf(place));
    }
    store<u32>(nodeComponents + (tree.leaves + leaf) * F32, component);
    store<f64>(nodeCores + (tree.leaves + leaf) * F64, core);
  }
}

/** The same for all nodes above the leaves. */
export function labelNodes(): void {
  for (let node = tree.leaves - 1; node > 0; node--) {
    const left = load<u32>(nodeComponents + 2 * node * F32);
    const right = load<u32>(nodeComponents + (2 * node + 1) * F32);
    store<u32>(nodeComponents + node * F32, left === right ? left : MIXED);
    const core = min(load<f64>(nodeCores + 2 * node * F64), load<f64>(nodeCores + (2 * node + 1) * F64));
    store<f64>(nodeCores + node * F64, core);
  }
}

/** Looks for edges in the lists of the points of some leaves, but not of those in the component `spared`. */
export function resolveLeaves(call: usize, spared: u32): void {
  const end = tree.leafStart(min(tree.leaves, (call + 1) * tree.callLeaves));
  for (let place = tree.leafStart(call * tree.callLeaves); place < end; place++) {
    const other = load<u32>(edgePlaces + place * F32);
    const component = componentOf(place);
    if (component === spared) continue;
    if (other === NOWHERE || componentOf(other) === component) findInList(place, component);
    if (weightOf(place) < Infinity) lowerWeight(component, weightOf(place));
  }
}

/** Components only grow: when the shortest edge of a point is within its component now, all others are at least as long. */
function findInList(place: usize, component: u32): void {
  let floor = load<f64>(edgeFloors + place * F64);
  if (load<u8>(isSettled + place) !== 0) floor = weightOf(place);
  store<u32>(edgePlaces + place * F32, NOWHERE);
  store<f64>(edgeWeights + place * F64, Infinity);
  const core = coreOf(place);
  const list = keptPlaces + place * keptLength * F32;
  for (let at: usize = 0; at < keptLength; at++) {
    const other = load<u32>(list + at * F32);
    if (componentOf(other) === component) continue;
    const greaterCore = max(core, coreOf(other));
    if (greaterCore <= weightOf(place)) offerEdge(place, other, greaterCore);
  }
  // Points that are not in the list are no nearer than its last one, and have higher rows where they are as near.
  const reach = max(core, load<f64>(keptReaches + place * F64));
  store<f64>(edgeFloors + place * F64, max(floor, min(reach, weightOf(place))));
  store<u8>(isSettled + place, weightOf(place) <= reach ? 1 : 0);
}

function offerEdge(place: usize, other: usize, greaterCore: f64): void {
  const square = squareBetween(place, other);
  const weight = max(greaterCore, square);
  const held = weightOf(place);
  if (weight > held) return;
  if (weight === held) {
    const heldSquare = load<f64>(edgeSquares + place * F64);
    if (square > heldSquare) return;
    // Of two edges from one row, that to the lower row is shorter.
    if (square === heldSquare && tree.rowOf(other) > tree.rowOf(load<u32>(edgePlaces + place * F32))) return;
  }
  store<f64>(edgeWeights + place * F64, weight);
  store<f64>(edgeSquares + place * F64, square);
  store<u32>(edgePlaces + place * F32, <u32>other);
}

/** Searches for the edges of those points of some leaves that may have the shortest edge of a component but `spared`. */
export function searchLeaves(call: usize, spared: u32): void {
  const last = min(tree.leaves, (call + 1) * tree.callLeaves);
  for (let leaf = call * tree.callLeaves; leaf < last; leaf++) {
    if (load<u32>(nodeComponents + (tree.leaves + leaf) * F32) === spared && spared !== MIXED) continue;
    const count = gatherSearchers(leaf, spared);
    if (count !== 0) searchAround(leaf, count);
  }
}

function gatherSearchers(leaf: usize, spared: u32): usize {
  const start = tree.leafStart(leaf);
  const points = tree.leafStart(leaf + 1) - start;
  let count: usize = 0;
  for (let i: usize = 0; i < points; i++) {
    const place = start + i;
    if (load<u8>(isSettled + place) !== 0 || componentOf(place) === spared) continue;
    if (load<f64>(edgeFloors + place * F64) > leastWeight(componentOf(place))) continue;
    store<u32>(searchers + count * F32, <u32>i);
    count++;
  }
  return count;
}

// @ts-ignore: decorator
@inline
function searcherAt(at: usize): usize {
  return load<u32>(searchers + at * F32);
}

function searchAround(leaf: usize, count: usize): void {
  const start = tree.leafStart(leaf);
  const only = commonComponent(start, count);
  encloseSearchers(start, count);
  closeLimits(leaf);
  for (let at: usize = 0; at < count; at++) {
    const i = searcherAt(at);
    store<f64>(sketchSlacks + i * F64, slackOf(sketchOf(start + i)));
    store<f64>(searchWeights + i * F64, Infinity);
    renewLimit(i, start);
  }
  searchLeaf(leaf, leaf, MIXED);
  tree.openWalk(leaf, searchBox);
  renewLimits(start, count);
  let limit = greatestLimit(leaf);
  for (;;) {
    const node = tree.nextNode(limit);
    if (node === 0) break;
    const component = load<u32>(nodeComponents + node * F32);
    if (component !== MIXED && component === only) continue;
    if (load<f64>(nodeCores + node * F64) > greatestWeight) continue;
    if (node < tree.leaves) {
      tree.enterNode(node);
      continue;
    }
    searchLeaf(leaf, node - tree.leaves, component);
    renewLimits(start, count);
    limit = greatestLimit(leaf);
  }
  for (let at: usize = 0; at < count; at++) {
    const i = searcherAt(at);
    const place = start + i;
    const searched = load<f64>(searchWeights + i * F64);
    store<f64>(edgeFloors + place * F64, searched);
    if (weightOf(place) <= searched) store<u8>(isSettled + place, 1);
  }
}

/** The component of all searching points, or MIXED. */
function commonComponent(start: usize, count: usize): u32 {
  const first = componentOf(start + searcherAt(0));
  for (let at: usize = 1; at < count; at++) {
    if (componentOf(start + searcherAt(at)) !== first) return MIXED;
  }
  return first;
}

function encloseSearchers(start: usize, count: usize): void {
  const bytes = sketchBytes();
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    let least = f32x4.splat(Infinity);
    let greatest = f32x4.splat(-Infinity);
    for (let at: usize = 0; at < count; at++) {
      const four = v128.load(sketchOf(start + searcherAt(at)) + j);
      least = f32x4.min(least, four);
      greatest = f32x4.max(greatest, four);
    }
    v128.store(searchBox + j, least);
    v128.store(searchBox + bytes + j, greatest);
  }
}

/** Lowers the limits of all searching points to what is known by now. */
function renewLimits(start: usize, count: usize): void {
  greatestWeight = 0;
  for (let at: usize = 0; at < count; at++) {
    const i = searcherAt(at);
    renewLimit(i, start);
    greatestWeight = max(greatestWeight, load<f64>(searchWeights + i * F64));
  }
}

function renewLimit(i: usize, start: usize): void {
  const place = start + i;
  const weight = min(leastWeight(componentOf(place)), weightOf(place));
  const held = searchWeights + i * F64;
  if (weight === load<f64>(held) && weight < Infinity) return;
  store<f64>(held, weight);
  setLimits(i, load<f64>(sketchSlacks + i * F64), weight);
}

/**
 * Offers the points of a leaf to the searching points of another one.
 *
 * @param common the component of all points of the leaf, or MIXED
 */
function searchLeaf(ownLeaf: usize, leaf: usize, common: u32): void {
  const ownStart = tree.leafStart(ownLeaf);
  const start = tree.leafStart(leaf);
  const end = pairs + nearPairs(ownLeaf, leaf) * F32;
  for (let from = pairs; from < end; from += F32) {
    const pair = <usize>load<u32>(from);
    const i = pair >> 16;
    const place = ownStart + i;
    const other = start + (pair & 0xffff);
    const component = componentOf(place);
    if (component === common || componentOf(other) === component) continue;
    const greaterCore = max(coreOf(place), coreOf(other));
    const most = load<f64>(searchWeights + i * F64);
    if (greaterCore > most || !mayBeWithin(place, other, quickLimitOf(most))) continue;
    offerEdge(place, other, greaterCore);
    if (weightOf(place) >= most) continue;
    lowerWeight(component, weightOf(place));
    renewLimit(i, ownStart);
  }
}

/** Finds the place where the shortest edge of each component but `spared` begins. */
export function pickEdges(count: usize, spared: u32): void {
  memory.fill(componentPlaces, 0xff, count * F32);
  for (let place: usize = 0; place < rows; place++) {
    if (load<u8>(isSettled + place) === 0) continue;
    const component = componentOf(place);
    if (component === spared || weightOf(place) !== leastWeight(component)) continue;
    const best = componentPlaces + <usize>component * F32;
    if (load<u32>(best) === NOWHERE || isShorter(place, load<u32>(best))) store<u32>(best, <u32>place);
  }
}

/** Compares two edges of the same weight. */
function isShorter(place: usize, than: usize): bool {
  const square = load<f64>(edgeSquares + place * F64);
  const otherSquare = load<f64>(edgeSquares + than * F64);
  if (square !== otherSquare) return square < otherSquare;
  const from = tree.rowOf(place);
  const to = tree.rowOf(load<u32>(edgePlaces + place * F32));
  const otherFrom = tree.rowOf(than);
  const otherTo = tree.rowOf(load<u32>(edgePlaces + than * F32));
  const lower = min(from, to);
  const otherLower = min(otherFrom, otherTo);
  return lower === otherLower ? max(from, to) < max(otherFrom, otherTo) : lower < otherLower;
}
