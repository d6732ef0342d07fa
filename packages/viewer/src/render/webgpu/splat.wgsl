// Adds every point of one layer to the pixels that its disc covers: to each pixel the covered share, and that share of its
// color. Sums do not depend on the order, so points need no sorting, and they are whole numbers, so a picture has the same
// bits each time.
//
// One thread per point of the layer, 64 to a workgroup; no workgroup memory.
//
// Bound: a point adds to a pixel once, and at most `unit` to each of its four sums: cover and color are at most 1, and
// `unit` is a whole number below 2^16, exact in float32. The host takes unit <= (2^32 - 1) / count, so no sum overflows,
// even if all points are on one pixel. Each amount is rounded to the nearest whole number, with an error of at most 1/2.

struct Params {
  // The camera's middle in map units, as the sum of two numbers: a single float32 would make the picture shake at high zoom.
  middle_high: vec2f,
  middle_low: vec2f,
  // The picture in pixels; whole numbers.
  size: vec2f,
  // Pixels per map unit.
  scale: f32,
  // Radius of a disc, in pixels.
  radius: f32,
  unit: f32,
  // The range of the layer's points in the list of points by layer.
  start: u32,
  count: u32,
  // Number of colors in the palette; one more follows them, for points of other groups.
  groups: u32,
  // 1 when the whole layer has one color, so that only cover is added up.
  one_color: u32,
  // The part of the radius that grows with the size of a point.
  growing: f32,
  // 1 when points have sizes of their own.
  sized: u32,
}

// Bits of float32 pairs: NaN must be detected before any arithmetic.
@group(0) @binding(0) var<storage, read> positions: array<vec2u>;
@group(0) @binding(1) var<storage, read> groups: array<u32>;
// All points, layer after layer.
@group(0) @binding(2) var<storage, read> layered: array<u32>;
// Red, green and blue, one byte each.
@group(0) @binding(3) var<storage, read> palette: array<u32>;
// Cover, red, green, blue of each pixel, row by row from the top.
@group(0) @binding(4) var<storage, read_write> sums: array<atomic<u32>>;
@group(0) @binding(5) var<uniform> params: Params;
// Sizes of four points in each value, one byte each, in parts of USUAL_SIZE.
@group(0) @binding(6) var<storage, read> sizes: array<u32>;

const GROUP = 64u;
const USUAL_SIZE = 64.0;
const EXPONENT = vec2u(0x7f800000u);

@compute @workgroup_size(GROUP)
fn splat(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = (workgroup.x + workgroup.y * workgroups.x) * GROUP + lane;
  if (index >= params.count) {
    return;
  }
  let point = layered[params.start + index];
  let bits = positions[point];
  if (any((bits & EXPONENT) == EXPONENT)) {
    return;
  }
  var reach = params.radius + 0.5;
  if (params.sized == 1u) {
    let size = f32((sizes[point >> 2u] >> (8u * (point & 3u))) & 0xffu);
    reach += params.growing * (size / USUAL_SIZE - 1.0);
  }
  let offset = (bitcast<vec2f>(bits) - params.middle_high) - params.middle_low;
  // Compared in map units, because a point far away would overflow in pixels.
  if (any(abs(offset) > (0.5 * params.size + reach) / params.scale)) {
    return;
  }
  let place = 0.5 * params.size + vec2f(offset.x, -offset.y) * params.scale;
  let first = vec2u(max(ceil(place - reach - 0.5), vec2f(0)));
  // One past the last.
  let end = vec2u(clamp(floor(place + reach + 0.5), vec2f(0), params.size));
  let color = unpack4x8unorm(palette[min(groups[point], params.groups)]);
  for (var y = first.y; y < end.y; y++) {
    for (var x = first.x; x < end.x; x++) {
      let cover = clamp(reach - distance(vec2f(vec2u(x, y)) + 0.5, place), 0.0, 1.0);
      if (cover <= 0.0) {
        continue;
      }
      let amount = cover * params.unit;
      let sum = 4u * (y * u32(params.size.x) + x);
      atomicAdd(&sums[sum], u32(amount + 0.5));
      if (params.one_color == 0u) {
        atomicAdd(&sums[sum + 1u], u32(amount * color.r + 0.5));
        atomicAdd(&sums[sum + 2u], u32(amount * color.g + 0.5));
        atomicAdd(&sums[sum + 3u], u32(amount * color.b + 0.5));
      }
    }
  }
}
