// Carries partial sums over blocks: totals[e] += sum over segments of partials[segment * elements + e], or
// starts from zero when `overwrite` is set.
//
// One thread per element, segments in order, so reruns are bit-identical. Totals are double-floats: the error over any
// number of blocks stays below (segments so far) x 2^-46 of the sum of magnitudes, far below that of the partial sums
// themselves.

struct Run {
  elements: u32,
  segments: u32,
  overwrite: u32,
  // Zero, but unknown to the compiler; see double-float.wgsl.
  guard: u32,
}

@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> totals: array<vec2f>;
@group(0) @binding(2) var<uniform> run: Run;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn accumulate_partials(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let element = (group.x + group.y * groups.x) * GROUP + thread;
  if (element >= run.elements) {
    return;
  }
  df_guard(run.guard);
  var total = vec2f();
  if (run.overwrite == 0u) {
    total = totals[element];
  }
  for (var segment = 0u; segment < run.segments; segment++) {
    total = df_add(total, vec2f(partials[segment * run.elements + element], 0.0));
  }
  totals[element] = total;
}
