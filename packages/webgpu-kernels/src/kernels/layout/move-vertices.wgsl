// One step of a layout by stochastic gradients, as core's GraphLayoutSession describes it: every vertex moves independently,
// and sees the others where they were before the step. Needs the modules hash and vector-places or list-places.
//
// One thread per vertex, 64 to a workgroup, walks the vertex's edges. Which edges pull, how often, and which vertices are
// pushed away is computed in 32-bit integers, the same on all devices: t * rate is at most 2^31. Pulls of an edge and of the
// opposite one have phases of 16 bits each, in one word. No workgroup memory, no atomics.
//
// Forces are powers, computed by exp2 and log2 with limited arguments, so that they neither overflow nor become 0 where the
// quotient does not: f(s) = -2b / (s^(1 - b) / a + s), g(s) = 2 repulsion b / (0.001 + s) / (1 + a s^b). Their relative
// error is about 1e-5 for a, b and s in the range of layouts. Places stay finite for any input.

struct Rules {
  vertices: u32,
  // Number of vertices, or of anchors, that edges may lead to.
  reachable: u32,
  // 1 when edges lead to the vertices that move: both ends of an edge are pulled, and a vertex may not push itself.
  among_themselves: u32,
  // Pushes for each pull, in sixteenths.
  negatives: u32,
  log2_a: f32,
  b: f32,
  // 2 b, and 2 b times the repulsion.
  pull: f32,
  push: f32,
}

struct Step {
  t: u32,
  // hash32(seed, t).
  stream: u32,
  rate: f32,
}

@group(0) @binding(3) var<storage, read> offsets: array<u32>;
@group(0) @binding(4) var<storage, read> targets: array<u32>;
@group(0) @binding(5) var<storage, read> rates: array<u32>;
@group(0) @binding(6) var<storage, read> phases: array<u32>;
@group(0) @binding(7) var<uniform> rules: Rules;
@group(0) @binding(8) var<uniform> now: Step;

const GROUP = 64u;

// The most that one pull or push moves a coordinate, before the learning rate.
const MAX_MOVE = 4.0;
// Keeps the repulsion of two vertices at the same place finite.
const NEAREST_SQUARE = 0.001;
// The greatest difference of coordinates; larger ones are limited to it, so that their squares are finite.
const FARTHEST = 1e18;
const MAX_SQUARE = 1e38;
// Squares below this count as 0; quotients by larger squares are finite.
const MIN_SQUARE = 1e-37;
// The greatest coordinate of a vertex.
const LAST_PLACE = 3e38;

// exp2 with a limited argument.
fn bounded_exp2(x: f32) -> f32 {
  return exp2(clamp(x, -126.0, 126.0));
}

fn attraction(square: f32) -> f32 {
  let power = bounded_exp2((1.0 - rules.b) * log2(square) - rules.log2_a);
  return -rules.pull / max(power + square, MIN_SQUARE * rules.pull);
}

fn repulsion(square: f32) -> f32 {
  let power = bounded_exp2(rules.b * log2(max(square, MIN_SQUARE)) + rules.log2_a);
  return rules.push / (NEAREST_SQUARE + square) / (1.0 + power);
}

fn pull_toward(other: u32) {
  let square = min(square_to(other), MAX_SQUARE);
  if (square >= MIN_SQUARE) {
    move_away(attraction(square), now.rate);
  }
}

fn push_from(other: u32) {
  move_away(repulsion(min(square_to(other), MAX_SQUARE)), now.rate);
}

// Number of pushes for an edge's first `pulls` pulls.
fn pushes_of_first(pulls: u32) -> u32 {
  return (pulls * rules.negatives) >> 4u;
}

@compute @workgroup_size(GROUP)
fn move_vertices(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let vertex = (group.x + group.y * groups.x) * GROUP + lane;
  if (vertex >= rules.vertices) {
    return;
  }
  leave(vertex);
  let stream = hash32(now.stream, vertex);
  var pushes = 0u;
  let last = offsets[vertex + 1u];
  for (var edge = offsets[vertex]; edge < last; edge++) {
    let rate = rates[edge];
    let own = (phases[edge] & 0xffffu) + now.t * rate;
    let own_after = (own + rate) >> 16u;
    for (var pull = own >> 16u; pull < own_after; pull++) {
      pull_toward(targets[edge]);
      let end = pushes + pushes_of_first(pull + 1u) - pushes_of_first(pull);
      for (; pushes < end; pushes++) {
        let other = hash32(stream, pushes) % rules.reachable;
        if (rules.among_themselves == 0u || other != vertex) {
          push_from(other);
        }
      }
    }
    let opposite = (phases[edge] >> 16u) + now.t * rate;
    let opposite_after = select(0u, (opposite + rate) >> 16u, rules.among_themselves == 1u);
    for (var pull = opposite >> 16u; pull < opposite_after; pull++) {
      pull_toward(targets[edge]);
    }
  }
  arrive(vertex);
}
