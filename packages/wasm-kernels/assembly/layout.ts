import { hash32 } from './hash';
import { F32, VECTOR } from './simd';

// One step of a layout by stochastic gradients, as core's GraphLayoutSession describes it: every vertex moves by itself,
// and sees all others where they were before.

/** Farthest that one pull or push moves a coordinate, before the learning rate. */
const LARGEST_MOVE: f32 = 4;
/** Bits of a float below those that choose an entry of a table of forces; see force-table.ts. */
const SHARE_BITS: u32 = 17;

export let vertices: usize = 0;
/** Vertices of a chunk. */
export let chunkVertices: usize = 0;
/** Bytes of a place: floats, padded with zeros to whole vectors. */
export let placeBytes: usize = 0;
/** N + 1 u32, and per edge a u32: where it leads, its rate, and the phases of its pulls, as core's pullPhases has them. */
export let edgeOffsets: usize = 0;
export let edgeTargets: usize = 0;
export let edgeRates: usize = 0;
export let edgePhases: usize = 0;
/** Places of the vertices after an even, and after an odd number of steps. */
export let evenPlaces: usize = 0;
export let oddPlaces: usize = 0;
/** Places that edges lead to, or 0 where they lead to the vertices, and how many there are. */
export let anchorPlaces: usize = 0;
export let reachable: u32 = 0;
/** In sixteenths, of each pull. */
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
    memory.copy(place, from + vertex * placeBytes, placeBytes);
    moveVertex(vertex, place, others, t, hash32(stream, <u32>vertex), rate);
  }
}

/** @param place where the vertex is, and will be */
function moveVertex(vertex: usize, place: usize, others: usize, t: u32, stream: u32, rate: f32): void {
  const end = load<u32>(edgeOffsets + (vertex + 1) * F32);
  let pushes: u32 = 0;
  for (let edge = load<u32>(edgeOffsets + vertex * F32); edge < end; edge++) {
    const edgeRate = load<u32>(edgeRates + <usize>edge * F32);
    const phases = load<u32>(edgePhases + <usize>edge * F32);
    const before = t * edgeRate;
    const own = (phases & 0xffff) + before;
    const ownAfter = (own + edgeRate) >> 16;
    // The opposite edge pulls this end, too, unless ends do not move.
    const opposite = anchorPlaces === 0 ? (phases >> 16) + before : 0;
    const oppositeAfter = anchorPlaces === 0 ? (opposite + edgeRate) >> 16 : 0;
    if (own >> 16 === ownAfter && opposite >> 16 === oppositeAfter) continue;
    const target = others + <usize>load<u32>(edgeTargets + <usize>edge * F32) * placeBytes;
    for (let pull = own >> 16; pull < ownAfter; pull++) {
      moveBy(attractions, place, target, rate);
      const until = pushes + pushesOfFirst(pull + 1) - pushesOfFirst(pull);
      for (; pushes < until; pushes++) {
        const other = <usize>(hash32(stream, pushes) % reachable);
        if (anchorPlaces === 0 && other === vertex) continue;
        moveBy(repulsions, place, others + other * placeBytes, rate);
      }
    }
    for (let pull = opposite >> 16; pull < oppositeAfter; pull++) {
      moveBy(attractions, place, target, rate);
    }
  }
}

/** Pushes of an edge's first `pulls` pulls. */
// @ts-ignore: decorator
@inline
function pushesOfFirst(pulls: u32): u32 {
  return (pulls * negatives) >> 4;
}

/** Moves a vertex along the line to another by the force between them. */
function moveBy(table: usize, place: usize, other: usize, rate: f32): void {
  let squares = f32x4.splat(0);
  for (let at: usize = 0; at < placeBytes; at += VECTOR) {
    const difference = f32x4.sub(v128.load(place + at), v128.load(other + at));
    squares = f32x4.add(squares, f32x4.mul(difference, difference));
  }
  const halves = f32x4.add(squares, v128.shuffle<f32>(squares, squares, 2, 3, 2, 3));
  const square = f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
  const force = f32x4.splat(forceAt(table, square));
  const most = f32x4.splat(LARGEST_MOVE);
  const least = f32x4.splat(-LARGEST_MOVE);
  const factor = f32x4.splat(rate);
  for (let at: usize = 0; at < placeBytes; at += VECTOR) {
    const before = v128.load(place + at);
    const move = f32x4.mul(force, f32x4.sub(before, v128.load(other + at)));
    const bounded = f32x4.max(least, f32x4.min(most, move));
    v128.store(place + at, f32x4.add(before, f32x4.mul(factor, bounded)));
  }
}

/** Between the two entries of a table next to a number. */
// @ts-ignore: decorator
@inline
function forceAt(table: usize, square: f32): f32 {
  const bits = reinterpret<u32>(square);
  const entry = table + <usize>(bits >> SHARE_BITS) * F32;
  const below = load<f32>(entry);
  const share = <f32>(bits & ((1 << SHARE_BITS) - 1)) * (<f32>1 / <f32>(1 << SHARE_BITS));
  return below + share * (load<f32>(entry, F32) - below);
}
