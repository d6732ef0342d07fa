import { labelOf } from './points';
import { VECTOR } from './simd';
import { boundUnit } from './tuning';

// Bounds follow Hamerly (SDM 2010) with one group of centers, Yinyang k-means (Ding et al., ICML 2015) with more: each point
// keeps an upper bound on the distance to its own centroid and, for each group, a lower bound on the distance to the nearest
// other one in it. Centroids that move loosen the bounds. While the upper bound is below all lower ones, the label cannot
// change.
//
// Bounds are uint16, in units that depend on the extent of the points, and are rounded to the safe side. They take half the
// memory of floats, so there can be twice as many groups, and one saturating subtraction loosens eight of them.

/** Greatest value of a bound; it means this distance or more. */
const MAX_BOUND: f64 = 65535;

/** Per point: `groups` lower bounds (at most 63), then the upper bound, padded to a multiple of 8 bytes. */
export let bounds: usize = 0;
export let boundBytes: usize = 0;
/** Groups of `groupPanels` panels each; 1 without bounds. */
export let groups: usize = 0;
export let groupPanels: usize = 0;
/** K uint16: how far each centroid moved since the last assignment. */
export let drifts: usize = 0;
/** The largest drift of each group, then 0; laid out like a point's bounds and padded to whole vectors. */
export let groupDrifts: usize = 0;

// Loads and stores below use the same places and widths: a processor does not forward a store to a wider load.

/**
 * Loosens a point's bounds by how far the centroids moved.
 *
 * @returns one bit per group, the first group's the lowest, set when it may now hold the point's centroid: when its
 * lower bound is not above the upper one
 */
export function loosen(row: usize): u64 {
  const at = boundsOf(row);
  const moved = <u32>load<u16>(upperOf(row)) + <u32>load<u16>(drifts + labelOf(row) * 2);
  const upper = min<u32>(moved, <u32>MAX_BOUND);
  const uppers = i16x8.splat(<i16>upper);
  const whole = boundBytes & ~15;
  let inDoubt: u64 = 0;
  for (let i: usize = 0; i < whole; i += VECTOR) {
    const lower = i16x8.sub_sat_u(v128.load(at + i), v128.load(groupDrifts + i));
    v128.store(at + i, lower);
    inDoubt |= <u64>i16x8.bitmask(i16x8.le_u(lower, uppers)) << (i >> 1);
  }
  if (whole < boundBytes) {
    const lower = i16x8.sub_sat_u(v128.load64_zero(at + whole), v128.load(groupDrifts + whole));
    v128.store64_lane(at + whole, lower, 0);
    inDoubt |= <u64>i16x8.bitmask(i16x8.le_u(lower, uppers)) << (whole >> 1);
  }
  store<u16>(upperOf(row), <u16>upper);
  return inDoubt & groupMask();
}

/** Lowers a point's upper bound to this distance. Returns which groups are still in doubt. */
export function tighten(row: usize, distance: f64): u64 {
  const at = boundsOf(row);
  const upper = asUpper(distance);
  const uppers = i16x8.splat(<i16>upper);
  const whole = boundBytes & ~15;
  let inDoubt: u64 = 0;
  for (let i: usize = 0; i < whole; i += VECTOR) {
    inDoubt |= <u64>i16x8.bitmask(i16x8.le_u(v128.load(at + i), uppers)) << (i >> 1);
  }
  if (whole < boundBytes) {
    inDoubt |= <u64>i16x8.bitmask(i16x8.le_u(v128.load64_zero(at + whole), uppers)) << (whole >> 1);
  }
  store<u16>(upperOf(row), upper);
  return inDoubt & groupMask();
}

// @ts-ignore: decorator
@inline
function boundsOf(row: usize): usize {
  return bounds + row * boundBytes;
}

// @ts-ignore: decorator
@inline
function upperOf(row: usize): usize {
  return boundsOf(row) + groups * 2;
}

/** The bits after the last group's belong to the upper bound and to padding. */
// @ts-ignore: decorator
@inline
function groupMask(): u64 {
  return (<u64>1 << groups) - 1;
}

// @ts-ignore: decorator
@inline
function asUpper(distance: f64): u16 {
  const units = Math.ceil(distance * boundUnit);
  return units < MAX_BOUND ? <u16>units : <u16>MAX_BOUND;
}

/** Sets the upper bound: the distance to the row's own centroid is at most this. */
export function setUpper(row: usize, distance: f64): void {
  store<u16>(upperOf(row), asUpper(distance));
}

/**
 * Replaces the lower bounds of up to four groups from `group` on.
 *
 * @param which all bits set in the lanes of these groups
 * @param lower four whole numbers of units, from 0 to 65535
 */
// @ts-ignore: decorator
@inline
export function setLower(row: usize, group: usize, which: v128, lower: v128): void {
  const at = boundsOf(row) + group * 2;
  const old = v128.load64_zero(at);
  const narrow = i16x8.narrow_i32x4_u(lower, lower);
  v128.store64_lane(at, v128.bitselect(narrow, old, i16x8.narrow_i32x4_s(which, which)), 0);
}

/** Lowers a group's bound to the distance of one more of its centers. */
export function lowerLower(row: usize, group: usize, distance: f64): void {
  const at = boundsOf(row) + group * 2;
  store<u16>(at, min(load<u16>(at), <u16>min(MAX_BOUND, Math.floor(distance * boundUnit))));
}
