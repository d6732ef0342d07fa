import { nearFloats, packFloats, scanFloats } from './float-blocks';
import { appendShort } from './set-bits';
import { F32 } from './simd';
import { directionCount, limitOf } from './sketches';
import { GROUP, callLeaves, leafStart, leaves } from './space-tree';
import { nearPointWords, packWords, scanWords, wordLimitOf } from './word-blocks';

// The sketches of each leaf side by side, so that one is compared with those of a group at a time. Where sketches are the points
// they are floats, which tell points apart that are very near. Other sketches only leave out pairs; they are int16, which is
// quicker.

/** The sketches of each leaf by groups: eight values for each coordinate of the padded sketches. */
export let leafBlocks: usize = 0;
export let leafBytes: usize = 0;
/** Room of a thread: the limits of the points of a leaf for squared distances of sketches, as floats and as words. */
export let sketchLimits: usize = 0;
export let wordLimits: usize = 0;
/** Room of a thread: points of a leaf as u16, and pairs of points: see `nearPairs`. */
export let nearPoints: usize = 0;
export let pairs: usize = 0;

/** Packs the points of some leaves. */
export function packLeaves(call: usize): void {
  const last = min(leaves, (call + 1) * callLeaves);
  for (let leaf = call * callLeaves; leaf < last; leaf++) {
    if (directionCount === 0) packFloats(leaf, blockOf(leaf));
    else packWords(leaf, blockOf(leaf));
  }
}

// @ts-ignore: decorator
@inline
function blockOf(leaf: usize): usize {
  return leafBlocks + leaf * leafBytes;
}

/** Number of groups of a leaf. */
// @ts-ignore: decorator
@inline
export function groupsOf(leaf: usize): usize {
  return (leafStart(leaf + 1) - leafStart(leaf) + GROUP - 1) / GROUP;
}

/** Sets the limits of the point `i` of a leaf to what lets every point within `square` through. */
export function setLimits(i: usize, slack: f64, square: f64): void {
  const limit = limitOf(slack, square);
  store<f32>(sketchLimits + i * F32, limit);
  store<i32>(wordLimits + i * F32, wordLimitOf(limit));
}

/** Leaves out all points of a leaf until they have limits. */
export function closeLimits(leaf: usize): void {
  const end = groupsOf(leaf) * GROUP;
  for (let i: usize = 0; i < end; i++) {
    store<f32>(sketchLimits + i * F32, -1);
    store<i32>(wordLimits + i * F32, -1);
  }
}

/** The greatest limit of the points of a leaf as a float; -1 when all are left out. */
export function greatestLimit(leaf: usize): f32 {
  const end = sketchLimits + groupsOf(leaf) * GROUP * F32;
  let four = f32x4.splat(-1);
  for (let from = sketchLimits; from < end; from += 4 * F32) four = f32x4.max(four, v128.load(from));
  const two = f32x4.max(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
  return max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
}

/**
 * Writes the pairs of a point of one leaf and a point of another that may be within the limits of the first to `pairs`, by the
 * first one: u32 with its number within its leaf in the upper half, and that of the other in the lower half.
 *
 * @returns how many there are
 */
export function nearPairs(ownLeaf: usize, leaf: usize): usize {
  const own = blockOf(ownLeaf);
  const ownGroups = groupsOf(ownLeaf);
  let end = nearPoints;
  for (let group: usize = 0; group < ownGroups; group++) {
    const near =
      directionCount === 0
        ? nearFloats(own, group, leaf, sketchLimits)
        : nearPointWords(own, group, leaf, wordLimits);
    end = appendShort(end, near, <i32>(group * GROUP));
  }
  if (end === nearPoints) return 0;
  const last =
    directionCount === 0
      ? scanFloats(leafStart(ownLeaf), nearPoints, end, leaf, blockOf(leaf), sketchLimits, pairs)
      : scanWords(own, nearPoints, end, leaf, blockOf(leaf), wordLimits, pairs);
  return (last - pairs) / F32;
}
