// Draws points as pictures: four corners for each, with a frame in the color of the point's group.
//
// Pictures are gray, in the slots of an atlas. A frame runs along the edge, and around that of a selected point a rim of the
// same width; each is blended into its neighbor over one pixel. Output colors are premultiplied. The sampler filters, and
// samples stay half a texel within the slot, so that no neighbor bleeds in.

struct Params {
  background: vec4f,
  // The picture in pixels.
  size: vec2f,
  // Half the sides of one mark, including its frame, in pixels.
  half_mark: vec2f,
  // Sides of a slot in texels.
  slot: vec2f,
  // Slots along a page's row, and rows of them.
  grid: vec2u,
  // Width of the frame, and of the rim, in pixels.
  frame: f32,
}

@group(0) @binding(0) var atlas: texture_2d_array<f32>;
@group(0) @binding(1) var filtering: sampler;
@group(0) @binding(2) var<uniform> params: Params;

struct Mark {
  // Its middle, in pixels from the left and the top.
  @location(0) place: vec2f,
  @location(1) slot: u32,
  // Red, green and blue of the frame, and the opacity of the mark.
  @location(2) color: vec4f,
  // Color of the rim; its alpha is 0 without a rim, else 1.
  @location(3) rim: vec4f,
}

struct Corner {
  @builtin(position) position: vec4f,
  // Pixels from the mark's middle.
  @location(0) offset: vec2f,
  @location(1) @interpolate(flat) slot: u32,
  @location(2) @interpolate(flat) color: vec4f,
  @location(3) @interpolate(flat) rim: vec4f,
}

@vertex
fn place_corner(mark: Mark, @builtin(vertex_index) corner: u32) -> Corner {
  let side = vec2f(f32(corner & 1u), f32(corner >> 1u)) * 2.0 - 1.0;
  let offset = side * (params.half_mark + params.frame * mark.rim.a + 0.5);
  let clip = (mark.place + offset) / params.size * 2.0 - 1.0;
  return Corner(vec4f(clip.x, -clip.y, 0.0, 1.0), offset, mark.slot, mark.color, mark.rim);
}

@fragment
fn draw_picture(corner: Corner) -> @location(0) vec4f {
  let inner = params.half_mark - params.frame;
  // Pixels within the mark; negative in its rim.
  let within = params.half_mark - abs(corner.offset);
  let depth = min(within.x, within.y);
  let part = clamp(corner.offset / inner * 0.5 + 0.5, vec2f(0), vec2f(1));
  let texel = clamp(part * params.slot, vec2f(0.5), params.slot - 0.5);
  let per_page = params.grid.x * params.grid.y;
  let cell = corner.slot % per_page;
  let origin = vec2f(vec2u(cell % params.grid.x, cell / params.grid.x)) * params.slot;
  let atlas_size = vec2f(textureDimensions(atlas));
  let gray = textureSampleLevel(atlas, filtering, (origin + texel) / atlas_size, corner.slot / per_page, 0.0).r;
  let framed = mix(corner.color.rgb, vec3f(gray), clamp(depth - params.frame + 0.5, 0.0, 1.0));
  let mark = mix(params.background.rgb, framed, corner.color.a);
  let color = mix(corner.rim.rgb, mark, select(1.0, clamp(depth + 0.5, 0.0, 1.0), corner.rim.a > 0.0));
  let alpha = clamp(depth + params.frame * corner.rim.a + 0.5, 0.0, 1.0);
  return vec4f(color * alpha, alpha);
}
