import { appendLong, appendShort } from './set-bits';
import { F32, F64, VECTOR, maskOf } from './simd';
import { sketchColumns, sketchOf } from './sketches';
import { groupsOf } from './leaf-blocks';
import { GROUP, leafStart } from './space-tree';

// Sketches in int16: two coordinates to a lane, so that one instruction adds eight squares. A coordinate is moved into a range
// from 0 and rounded. Values beyond the range become its ends, which brings points nearer to each other and never farther apart:
// a point that is far from the others does not make all others coarse.

/** Bytes of a word, and of a pair of coordinates of one group: two words for each of its points. */
const WORD: usize = 2;
const PAIR_BYTES: usize = 2 * VECTOR;
/** Pairs of coordinates that are added before a group is looked at. */
const STEP_PAIRS: usize = 4;
const STEP_BYTES: usize = STEP_PAIRS * PAIR_BYTES;
/** Pairs of coordinates by which boxes are compared: the others hardly add to a gap. */
const BOX_PAIRS: usize = 8;
/** Groups whose boxes lie side by side. */
const BATCH: usize = 8;
/** Least and greatest words of the first pairs of a batch. */
const BATCH_BYTES: usize = BOX_PAIRS * 2 * PAIR_BYTES;
const LEAF_BOX_BYTES: usize = BOX_PAIRS * 4 * WORD;
/** Bits of the number of a group within its leaf. */
const GROUP_BITS: usize = 4;
const GREATEST: i32 = 0x7fffffff;

/** Doubles: words per unit of the sketches, then of each coordinate where its range begins, and its greatest word. */
export let wordFrame: usize = 0;
/** Boxes around the groups of each leaf, by batches. */
export let groupBoxes: usize = 0;
export let leafBatches: usize = 0;
/** Room of a thread: u16 with the number of a point, and that of a group in the lower bits. */
export let nearGroups: usize = 0;
/** Boxes around the leaves: of each of the first pairs the least and the greatest words. */
export let leafBoxes: usize = 0;

/** Bytes of the packed words of one group. */
// @ts-ignore: decorator
@inline
function groupBytes(): usize {
  return ((sketchColumns + 7) / 8) * STEP_BYTES;
}

/** Where the words of a point are in the block of its leaf, of which it is the point `at`. */
// @ts-ignore: decorator
@inline
function wordsOf(block: usize, at: usize): usize {
  return block + (at / GROUP) * groupBytes() + (at % GROUP) * 2 * WORD;
}

/** Writes the words of the points of a leaf, and boxes around its groups. */
export function packWords(leaf: usize, block: usize): void {
  const start = leafStart(leaf);
  const count = leafStart(leaf + 1) - start;
  for (let at: usize = 0; at < count; at++) {
    const words = wordsOf(block, at);
    for (let j: usize = 0; j < sketchColumns; j++) {
      const word = wordOf(load<f32>(sketchOf(start + at) + j * F32), j);
      store<u16>(words + (j >> 1) * PAIR_BYTES + (j & 1) * WORD, word);
    }
  }
  for (let group: usize = 0; group * GROUP < count; group++) {
    const box = groupBoxes + (leaf * leafBatches + group / BATCH) * BATCH_BYTES + (group % BATCH) * 2 * WORD;
    const first = group * GROUP;
    encloseWords(block, first, min(count, first + GROUP), box, PAIR_BYTES);
  }
  encloseWords(block, 0, count, leafBoxes + leaf * LEAF_BOX_BYTES, 2 * WORD);
}

function wordOf(coordinate: f32, column: usize): u16 {
  const frame = wordFrame + (1 + 2 * column) * F64;
  const value = nearest((<f64>coordinate - load<f64>(frame)) * load<f64>(wordFrame));
  return <u16>(<i32>max<f64>(0, min<f64>(load<f64>(frame, F64), value)));
}

/**
 * Writes the least and greatest words of some points of a block.
 *
 * @param step bytes from the least words of a pair to the greatest, and from these to the least of the next pair
 */
function encloseWords(block: usize, first: usize, end: usize, box: usize, step: usize): void {
  for (let pair: usize = 0; pair < BOX_PAIRS; pair++) {
    for (let half: usize = 0; half < 2 * WORD; half += WORD) {
      let least: u16 = 0xffff;
      let greatest: u16 = 0;
      for (let at = first; at < end; at++) {
        const word = load<u16>(wordsOf(block, at) + pair * PAIR_BYTES + half);
        least = min(least, word);
        greatest = max(greatest, word);
      }
      store<u16>(box + pair * 2 * step + half, least);
      store<u16>(box + pair * 2 * step + step + half, greatest);
    }
  }
}

/** The number that squared distances of words are below when those of sketches are within a limit. */
export function wordLimitOf(limit: f32): i32 {
  // Each of two words is off by at most a half in each coordinate.
  const reach = sqrt(<f64>limit) * load<f64>(wordFrame) + sqrt(<f64>sketchColumns);
  const words = reach * reach * (1 + 1e-6) + 1;
  return words < <f64>GREATEST ? <i32>words : GREATEST;
}

/** The points of a group of a block in whose limits another leaf may have points: one bit each. */
export function nearPointWords(ownBlock: usize, group: usize, leaf: usize, limits: usize): i32 {
  let from = ownBlock + group * groupBytes();
  let box = leafBoxes + leaf * LEAF_BOX_BYTES;
  let a = i32x4.splat(0);
  let b = a;
  for (const end = box + LEAF_BOX_BYTES; box < end; box += 4 * WORD) {
    const least = v128.load32_splat(box);
    const greatest = v128.load32_splat(box, 2 * WORD);
    a = addSquares(a, gapTo(v128.load(from), least, greatest));
    b = addSquares(b, gapTo(v128.load(from, VECTOR), least, greatest));
    from += PAIR_BYTES;
  }
  const to = limits + group * GROUP * F32;
  return maskOf(i32x4.lt_s(a, v128.load(to)), i32x4.lt_s(b, v128.load(to, VECTOR)));
}

/**
 * Writes pairs as `nearPairs`, for the points of the block `own` whose numbers are listed from `points` to `end`. Lists are made
 * in two passes, neither of which has a branch that depends on the points.
 *
 * @returns where the pairs end
 */
export function scanWords(
  own: usize,
  points: usize,
  end: usize,
  leaf: usize,
  block: usize,
  limits: usize,
  to: usize,
): usize {
  const lastGroup = scanBoxes(own, points, end, leaf, limits);
  const count = <i32>(leafStart(leaf + 1) - leafStart(leaf));
  for (let from = nearGroups; from < lastGroup; from += 2) {
    const pair = <usize>load<u16>(from);
    const i = pair >> GROUP_BITS;
    const group = pair & ((1 << GROUP_BITS) - 1);
    const limit = i32x4.splat(load<i32>(limits + i * F32));
    // Beyond the points there is room for a whole group.
    const first = <i32>(group * GROUP);
    const mask = nearWords(wordsOf(own, i), block + group * groupBytes(), limit) & ((1 << min(8, count - first)) - 1);
    to = appendLong(to, mask, <i32>(i << 16) | first);
  }
  return to;
}

/** Lists the groups of a leaf for each listed point of a block whose boxes are within its limit. Returns where the list ends. */
function scanBoxes(own: usize, points: usize, end: usize, leaf: usize, limits: usize): usize {
  const groups = groupsOf(leaf);
  const boxes = groupBoxes + leaf * leafBatches * BATCH_BYTES;
  let to = nearGroups;
  for (; points < end; points += 2) {
    const i = <usize>load<u16>(points);
    const limit = i32x4.splat(load<i32>(limits + i * F32));
    const query = wordsOf(own, i);
    for (let first: usize = 0; first < groups; first += BATCH) {
      const mask = nearBoxes(query, boxes + (first / BATCH) * BATCH_BYTES, limit);
      to = appendShort(to, mask & ((1 << <i32>min(BATCH, groups - first)) - 1), <i32>((i << GROUP_BITS) | first));
    }
  }
  return to;
}

/** Of a batch, the groups whose boxes are within the limit: one bit each. */
// @ts-ignore: decorator
@inline
function nearBoxes(query: usize, boxes: usize, limit: v128): i32 {
  let a = i32x4.splat(0);
  let b = a;
  for (let pair: usize = 0; pair < BOX_PAIRS; pair++) {
    const q = v128.load32_splat(query);
    a = addSquares(a, gapTo(q, v128.load(boxes), v128.load(boxes, PAIR_BYTES)));
    b = addSquares(b, gapTo(q, v128.load(boxes, VECTOR), v128.load(boxes, PAIR_BYTES + VECTOR)));
    query += PAIR_BYTES;
    boxes += 2 * PAIR_BYTES;
  }
  return maskOf(i32x4.lt_s(a, limit), i32x4.lt_s(b, limit));
}

/** Of a group, the points whose words are within the limit: one bit each. */
// @ts-ignore: decorator
@inline
function nearWords(query: usize, words: usize, limit: v128): i32 {
  let a = i32x4.splat(0);
  let b = a;
  for (const end = words + groupBytes(); words < end; words += STEP_BYTES) {
    let q = v128.load32_splat(query);
    a = addSquares(a, i16x8.sub(v128.load(words), q));
    b = addSquares(b, i16x8.sub(v128.load(words, VECTOR), q));
    q = v128.load32_splat(query, PAIR_BYTES);
    a = addSquares(a, i16x8.sub(v128.load(words, PAIR_BYTES), q));
    b = addSquares(b, i16x8.sub(v128.load(words, PAIR_BYTES + VECTOR), q));
    q = v128.load32_splat(query, 2 * PAIR_BYTES);
    a = addSquares(a, i16x8.sub(v128.load(words, 2 * PAIR_BYTES), q));
    b = addSquares(b, i16x8.sub(v128.load(words, 2 * PAIR_BYTES + VECTOR), q));
    q = v128.load32_splat(query, 3 * PAIR_BYTES);
    a = addSquares(a, i16x8.sub(v128.load(words, 3 * PAIR_BYTES), q));
    b = addSquares(b, i16x8.sub(v128.load(words, 3 * PAIR_BYTES + VECTOR), q));
    query += STEP_BYTES;
  }
  return maskOf(i32x4.lt_s(a, limit), i32x4.lt_s(b, limit));
}

// @ts-ignore: decorator
@inline
function gapTo(q: v128, least: v128, greatest: v128): v128 {
  return v128.or(i16x8.sub_sat_u(least, q), i16x8.sub_sat_u(q, greatest));
}

// @ts-ignore: decorator
@inline
function addSquares(sum: v128, words: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(words, words));
}
