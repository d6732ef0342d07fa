// Sums over a workgroup of GROUP_LANES x 1 x 1 threads, by a tree of fixed shape, so reruns are bit-identical. Put before a
// kernel. 1 KiB of workgroup memory; relative error at most 8 * 2^-24 of the sum of magnitudes.

const GROUP_LANES = 256u;

// Values that a lane adds up before it adds them to its total; see `RUN` where it is used.
const RUN = 16u;

var<workgroup> group_values: array<f32, GROUP_LANES>;

// Returns the sum of every lane's value to all lanes. Every lane must call this together.
fn group_sum(value: f32, lane: u32) -> f32 {
  group_values[lane] = value;
  workgroupBarrier();
  for (var half = GROUP_LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) {
      group_values[lane] += group_values[lane + half];
    }
    workgroupBarrier();
  }
  let sum = group_values[0];
  workgroupBarrier();
  return sum;
}
