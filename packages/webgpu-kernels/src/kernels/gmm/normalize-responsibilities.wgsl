// Turns a block's log-densities into responsibilities, in place, by the log-sum-exp of each row.
//
// One thread per row, one pass over the components for the running maximum and sum and one to divide;
// neighbouring threads touch neighbouring elements. Also sums weight x log-likelihood over each workgroup's
// 256 rows (a fixed tree, error at most 8 x 2^-24 of the sum of magnitudes) and, when `record` is set, keeps
// every row's log-likelihood and most responsible component (the lowest index on ties).

override weighted: bool = false;
override record: bool = false;

@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read> state: State;
@group(0) @binding(2) var<storage, read_write> responsibilities: array<f32>;
@group(0) @binding(3) var<storage, read_write> log_likelihoods: array<f32>;
@group(0) @binding(4) var<storage, read_write> labels: array<u32>;
@group(0) @binding(5) var<storage, read_write> partials: array<f32>;
@group(0) @binding(6) var<uniform> block: Block;

const GROUP = 256u;

var<workgroup> sums: array<f32, GROUP>;

@compute @workgroup_size(GROUP)
fn normalize_responsibilities(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (state.halted != 0u) {
    return;
  }
  let row = group.x * GROUP + thread;
  var contribution = 0.0;
  if (row < block.rows) {
    var highest = responsibilities[row];
    var label = 0u;
    var sum = 1.0;
    for (var k = 1u; k < block.components; k++) {
      let value = responsibilities[k * block.capacity + row];
      if (value > highest) {
        sum = sum * exp(highest - value) + 1.0;
        highest = value;
        label = k;
      } else {
        sum += exp(value - highest);
      }
    }
    for (var k = 0u; k < block.components; k++) {
      let at = k * block.capacity + row;
      responsibilities[at] = exp(responsibilities[at] - highest) / sum;
    }
    let log_likelihood = highest + log(sum);
    if (record) {
      log_likelihoods[row] = log_likelihood;
      labels[row] = label;
    }
    contribution = log_likelihood;
    if (weighted) {
      contribution *= weights[row];
    }
  }
  sums[thread] = contribution;
  for (var half = GROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      sums[thread] += sums[thread + half];
    }
  }
  if (thread == 0u) {
    partials[block.first_partial + group.x] = sums[0];
  }
}
