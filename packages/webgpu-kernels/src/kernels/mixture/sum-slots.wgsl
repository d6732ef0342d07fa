// Adds up slots of totals, in place: totals[e] = sum over slots of totals[slot * elements + e].
//
// One workgroup of 256 threads per 16 elements, 16 threads per element, in a fixed tree, so reruns are bit-identical.
// Double-floats. Over a whole pass a slot adds one segment of every block: the error of the totals of B blocks in S slots is
// at most (B + S / 16 + 4) 2^-45 of the sum of magnitudes, on top of the segments' own f32 sums. With 10^8 rows in blocks of
// 16,384 and 32 slots that is below 2 x 10^-10, a three hundredth of one f32 rounding, so the error does not grow with the
// number of points.

struct Run {
  elements: u32,
  slots: u32,
  // Zero, but unknown to the compiler; see double-float.wgsl.
  guard: u32,
}

@group(0) @binding(0) var<storage, read> state: State;
@group(0) @binding(1) var<storage, read_write> totals: array<vec2f>;
@group(0) @binding(2) var<uniform> run: Run;

const ELEMENTS = 16u;
const SHARES = 16u;

var<workgroup> sums: array<vec2f, ELEMENTS * SHARES>;

@compute @workgroup_size(256)
fn sum_slots(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (state.halted != 0u) {
    return;
  }
  df_guard(run.guard);
  let element = (group.x + group.y * groups.x) * ELEMENTS + thread % ELEMENTS;
  var sum = vec2f();
  if (element < run.elements) {
    for (var slot = thread / ELEMENTS; slot < run.slots; slot += SHARES) {
      sum = df_add(sum, totals[slot * run.elements + element]);
    }
  }
  sums[thread] = sum;
  for (var half = SHARES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half * ELEMENTS) {
      sums[thread] = df_add(sums[thread], sums[thread + half * ELEMENTS]);
    }
  }
  if (thread < ELEMENTS && element < run.elements) {
    totals[element] = sums[thread];
  }
}
