// Multiplies and adds at the highest rate: 16 independent chains of fused operations per thread, in registers.
//
// A chain starts at the thread's number modulo 64 and approaches 1. Each thread writes the sum of its chains, so that no
// compiler can remove them.

struct Params {
  rounds: u32,
}

@group(0) @binding(0) var<storage, read_write> sums: array<f32>;
@group(0) @binding(1) var<uniform> params: Params;

const STEPS = 8u;

@compute @workgroup_size(256)
fn multiply_add(@builtin(global_invocation_id) id: vec3u) {
  let factor = vec4f(0.999);
  let term = vec4f(0.001);
  var a = vec4f(f32(id.x % 64u));
  var b = a + 1.0;
  var c = a + 2.0;
  var d = a + 3.0;
  for (var round = 0u; round < params.rounds; round++) {
    for (var step = 0u; step < STEPS; step++) {
      a = fma(a, factor, term);
      b = fma(b, factor, term);
      c = fma(c, factor, term);
      d = fma(d, factor, term);
    }
  }
  sums[id.x] = dot(a + b + c + d, vec4f(1.0));
}
