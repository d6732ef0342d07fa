import { hash32, pcg } from './hash';
import { F32, VECTOR } from './simd';

// One step of a layout by stochastic gradients, as core's GraphLayoutSession describes it: every vertex moves independently,
// and sees the others where they were before the step.

/** The most that one pull or push moves a coordinate, before the learning rate. */
const MAX_MOVE: f32 = 4;
const BLOCK_BYTES: usize = 3 * VECTOR;
/** Bits of a float below those that choose an entry of a table of forces; see force-table.ts. */
const SHARE_BITS: u32 = 17;

export let vertices: usize = 0;
/** Vertices of a chunk. */
export let chunkVertices: usize = 0;
/** Bytes of a place: floats, padded with zeros to whole vectors. */
export let placeBytes: usize = 0;
/** N + 1 u32: the first block of each vertex. */
export let blockOffsets: usize = 0;
/**
 * Blocks of four edges: u32x4 of their rates, of the phases of their pulls (from core's pullPhases), and of their targets.
 */
export let edgeBlocks: usize = 0;
/** Places of the vertices after an even, and after an odd number of steps. */
export let evenPlaces: usize = 0;
export let oddPlaces: usize = 0;
/** Places of the anchors that edges lead to, or 0 where edges lead to the vertices, and how many there are. */
export let anchorPlaces: usize = 0;
export let reachable: u32 = 0;
/** Pushes for each pull, in sixteenths. */
export let negatives: u32 = 0;
/** Forces by the square of a distance, see force-table.ts. */
export let attractions: usize = 0;
export let repulsions: usize = 0;

/**
 * Moves one chunk of the vertices.
 *
 * @param t steps before this one
 * @param stream hash32(seed, t)
 */
export function moveVertices(chunk: usize, t: u32, stream: u32, rate: f32): void {
  const isOdd = (t & 1) === 1;
  const from = isOdd ? oddPlaces : evenPlaces;
  const to = isOdd ? evenPlaces : oddPlaces;
  const others = anchorPlaces === 0 ? from : anchorPlaces;
  const last = min(vertices, (chunk + 1) * chunkVertices);
  for (let vertex = chunk * chunkVertices; vertex < last; vertex++) {
    const place = to + vertex * placeBytes;
    for (let at: usize = 0; at < placeBytes; at += VECTOR) {
      v128.store(place + at, v128.load(from + vertex * placeBytes + at));
    }
    moveVertex(vertex, place, others, t, pcg(hash32(stream, <u32>vertex)), rate);
  }
}

/**
 * @param place where the vertex is, and will be
 * @param draws state for drawing the vertices to push away from: pcg(draws + c) is hash32(h, c)
 */
function moveVertex(vertex: usize, place: usize, others: usize, t: u32, draws: u32, rate: f32): void {
  const end = edgeBlocks + <usize>load<u32>(blockOffsets + (vertex + 1) * F32) * BLOCK_BYTES;
  let pushes: u32 = 0;
  let block = edgeBlocks + <usize>load<u32>(blockOffsets + vertex * F32) * BLOCK_BYTES;
  // Few edges pull in one step, so four at a time are tested.
  for (; block < end; block += BLOCK_BYTES) {
    for (let pulling = pullingOf(block, t); pulling !== 0; pulling &= pulling - 1) {
      pushes = moveAlong(block + <usize>ctz(pulling) * F32, vertex, place, others, pushes, t, draws, rate);
    }
  }
}

/** Which edges of a block pull in step t: one bit each, the first edge in the lowest bit. */
// @ts-ignore: decorator
@inline
function pullingOf(block: usize, t: u32): u32 {
  const edgeRate = v128.load(block);
  const phases = v128.load(block, VECTOR);
  const before = i32x4.mul(i32x4.splat(t), edgeRate);
  const own = i32x4.add(v128.and(phases, i32x4.splat(0xffff)), before);
  // There is a pull where the count of whole pulls, in the upper half of a word, changes.
  let changes = v128.xor(own, i32x4.add(own, edgeRate));
  if (anchorPlaces === 0) {
    const opposite = i32x4.add(i32x4.shr_u(phases, 16), before);
    changes = v128.or(changes, v128.xor(opposite, i32x4.add(opposite, edgeRate)));
  }
  return i32x4.bitmask(i32x4.ne(i32x4.shr_u(changes, 16), i32x4.splat(0)));
}

/**
 * Moves a vertex by the pulls of one edge in step t. Each move depends on the one before, so the place of the vertex, up to
 * 16 coordinates, stays in registers. Registers beyond its coordinates hold unrelated memory and change nothing.
 *
 * @param edge address of its rate
 * @param pushes of the vertex so far in this step
 * @returns that number plus the pushes of this edge
 */
function moveAlong(
  edge: usize,
  vertex: usize,
  place: usize,
  others: usize,
  pushes: u32,
  t: u32,
  draws: u32,
  rate: f32,
): u32 {
  const edgeRate = load<u32>(edge);
  const phases = load<u32>(edge, VECTOR);
  const before = t * edgeRate;
  const own = (phases & 0xffff) + before;
  const pull = own >> 16;
  // A rate is at most one pull per step.
  const pulls = ((own + edgeRate) >> 16) - pull;
  const ownPushes = pulls * (pushesOfFirst(pull + 1) - pushesOfFirst(pull));
  let moves = pulls + ownPushes;
  // The opposite edge pulls this vertex, too, unless targets do not move.
  if (anchorPlaces === 0) {
    const opposite = (phases >> 16) + before;
    moves += ((opposite + edgeRate) >> 16) - (opposite >> 16);
  }
  const target = others + <usize>load<u32>(edge, 2 * VECTOR) * placeBytes;
  const factor = f32x4.splat(rate);
  let y0 = v128.load(place);
  let y1 = v128.load(place, VECTOR);
  let y2 = v128.load(place, 2 * VECTOR);
  let y3 = v128.load(place, 3 * VECTOR);
  for (let move: u32 = 0; move < moves; move++) {
    // The edge's own pull comes first, then its pushes, then the pull of the opposite edge.
    const isPush = move - pulls < ownPushes;
    let other = target;
    let table = attractions;
    if (isPush) {
      const pushed = <usize>(pcg(draws + pushes++) % reachable);
      if (anchorPlaces === 0 && pushed === vertex) continue;
      other = others + pushed * placeBytes;
      table = repulsions;
    }
    const difference0 = f32x4.sub(y0, v128.load(other));
    const difference1 = f32x4.sub(y1, v128.load(other, VECTOR));
    const difference2 = f32x4.sub(y2, v128.load(other, 2 * VECTOR));
    const difference3 = f32x4.sub(y3, v128.load(other, 3 * VECTOR));
    let squares = f32x4.mul(difference0, difference0);
    if (placeBytes > VECTOR) squares = f32x4.add(squares, f32x4.mul(difference1, difference1));
    if (placeBytes > 2 * VECTOR) squares = f32x4.add(squares, f32x4.mul(difference2, difference2));
    if (placeBytes > 3 * VECTOR) squares = f32x4.add(squares, f32x4.mul(difference3, difference3));
    for (let at: usize = 4 * VECTOR; at < placeBytes; at += VECTOR) {
      const difference = f32x4.sub(v128.load(place + at), v128.load(other + at));
      squares = f32x4.add(squares, f32x4.mul(difference, difference));
    }
    const halves = f32x4.add(squares, v128.shuffle<f32>(squares, squares, 2, 3, 2, 3));
    const square = f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
    const force = f32x4.splat(forceAt(table, square));
    y0 = f32x4.add(y0, f32x4.mul(factor, clip(f32x4.mul(force, difference0))));
    y1 = f32x4.add(y1, f32x4.mul(factor, clip(f32x4.mul(force, difference1))));
    y2 = f32x4.add(y2, f32x4.mul(factor, clip(f32x4.mul(force, difference2))));
    y3 = f32x4.add(y3, f32x4.mul(factor, clip(f32x4.mul(force, difference3))));
    for (let at: usize = 4 * VECTOR; at < placeBytes; at += VECTOR) {
      const before = v128.load(place + at);
      const moved = f32x4.mul(force, f32x4.sub(before, v128.load(other + at)));
      v128.store(place + at, f32x4.add(before, f32x4.mul(factor, clip(moved))));
    }
  }
  v128.store(place, y0);
  if (placeBytes > VECTOR) v128.store(place, y1, VECTOR);
  if (placeBytes > 2 * VECTOR) v128.store(place, y2, 2 * VECTOR);
  if (placeBytes > 3 * VECTOR) v128.store(place, y3, 3 * VECTOR);
  return pushes;
}

/** Clamps to -`MAX_MOVE` and `MAX_MOVE`. These two instructions take a third of the time of f32x4.min and max. */
// @ts-ignore: decorator
@inline
function clip(move: v128): v128 {
  return f32x4.pmax(f32x4.pmin(move, f32x4.splat(MAX_MOVE)), f32x4.splat(-MAX_MOVE));
}

/** Number of pushes for an edge's first `pulls` pulls. */
// @ts-ignore: decorator
@inline
function pushesOfFirst(pulls: u32): u32 {
  return (pulls * negatives) >> 4;
}

/** Interpolates between the two entries of a table next to a number. */
// @ts-ignore: decorator
@inline
function forceAt(table: usize, square: f32): f32 {
  const bits = reinterpret<u32>(square);
  const entry = table + <usize>(bits >> SHARE_BITS) * F32;
  const below = load<f32>(entry);
  const share = <f32>(bits & ((1 << SHARE_BITS) - 1)) * (<f32>1 / <f32>(1 << SHARE_BITS));
  return below + share * (load<f32>(entry, F32) - below);
}
