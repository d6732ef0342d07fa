// Turns a layer's sums into colours, and lays them over the picture: a triangle that covers it all, one fragment per pixel.
//
// A pixel's colour is the mean of its points' colours by cover, so that it keeps their hue however many there are. Where
// density is shaded, few points let more of the background through than many do: by the logarithm of how many discs cover
// the pixel, from FAINT for one alone to 1 where there are most. A layer hides what is beneath it by its cover alone.
//
// Colours leave premultiplied by cover. Rounding: float32 of whole numbers below 2^32, off by at most 2^-23 of a colour.

struct Params {
  background: vec4f,
  // The colour of the whole layer, unless its alpha is 0.
  one_color: vec4f,
  // Pixels in a row.
  width: u32,
  // What a pixel that is covered once has.
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
