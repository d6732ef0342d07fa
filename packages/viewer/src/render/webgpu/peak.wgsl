// The largest cover of any pixel of a layer, which scales the shading by density.
//
// Each workgroup of 64 threads has an equal range of pixels, of which a thread takes every 64th. Each thread updates the
// result by an atomic maximum; the result must be 0 before. No workgroup memory; no rounding.

struct Params {
  pixels: u32,
}

// Cover, red, green, blue of each pixel.
@group(0) @binding(0) var<storage, read> sums: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> peak: atomic<u32>;
@group(0) @binding(2) var<uniform> params: Params;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn find_peak(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let run = (params.pixels + workgroups.x - 1u) / workgroups.x;
  let end = min((workgroup.x + 1u) * run, params.pixels);
  var largest = 0u;
  for (var pixel = workgroup.x * run + lane; pixel < end; pixel += GROUP) {
    largest = max(largest, sums[pixel].x);
  }
  atomicMax(&peak, largest);
}
