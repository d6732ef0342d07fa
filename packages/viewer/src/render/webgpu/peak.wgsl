// The largest cover of any pixel of a layer: what density is shaded by.
//
// Each thread takes the largest of every STRIDE-th pixel, 64 threads to a workgroup, and gives it to the result, which must
// be 0 before. No workgroup memory; no arithmetic that could round.

struct Params {
  pixels: u32,
}

@group(0) @binding(0) var<storage, read> sums: array<u32>;
@group(0) @binding(1) var<storage, read_write> peak: atomic<u32>;
@group(0) @binding(2) var<uniform> params: Params;

const GROUP = 64u;
const STRIDE = 16384u;

@compute @workgroup_size(GROUP)
fn find_peak(@builtin(global_invocation_id) thread: vec3u) {
  var largest = 0u;
  for (var pixel = thread.x; pixel < params.pixels; pixel += STRIDE) {
    largest = max(largest, sums[4u * pixel]);
  }
  atomicMax(&peak, largest);
}
