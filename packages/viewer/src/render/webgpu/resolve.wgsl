// Turns a layer's sums into colors, and blends them over the picture: a triangle that covers the whole picture, one fragment
// per pixel.
//
// A pixel's color is the mean of its points' colors, weighted by cover, so that the hue does not depend on their number.
// With shading by density, fewer points let more of the background through: the opacity grows with the logarithm of the
// number of discs on the pixel, from FAINT for one disc to 1 at the peak. Only its cover decides how much a layer hides of
// those below.
//
// Output colors are premultiplied by cover. Rounding: float32 of whole numbers below 2^32, an error of at most 2^-23 of a
// color.

struct Params {
  background: vec4f,
  // The color of the whole layer, unless its alpha is 0.
  one_color: vec4f,
  // Pixels in a row.
  width: u32,
  // The sum of a pixel that is covered once.
  unit: f32,
  // 1: shades by density.
  shaded: u32,
}

@group(0) @binding(0) var<storage, read> sums: array<vec4u>;
@group(0) @binding(1) var<storage, read> peak: u32;
@group(0) @binding(2) var<uniform> params: Params;

const FAINT = 0.4;

@vertex
fn cover_picture(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4f {
  return vec4f(f32(corner & 1u) * 4.0 - 1.0, f32(corner >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// 1 when no pixel is covered more than once.
fn strength(cover: f32) -> f32 {
  let most = f32(peak) / params.unit;
  if (params.shaded == 0u || most <= 1.0) {
    return 1.0;
  }
  return mix(FAINT, 1.0, log(1.0 + max(cover, 1.0)) / log(1.0 + most));
}

@fragment
fn resolve(@builtin(position) place: vec4f) -> @location(0) vec4f {
  let sum = sums[u32(place.y) * params.width + u32(place.x)];
  if (sum.x == 0u) {
    return vec4f(0);
  }
  let mean = vec3f(sum.yzw) / f32(sum.x);
  let color = select(mean, params.one_color.rgb, params.one_color.a > 0.0);
  let cover = f32(sum.x) / params.unit;
  let alpha = min(cover, 1.0);
  return vec4f(mix(params.background.rgb, color, strength(cover)) * alpha, alpha);
}
