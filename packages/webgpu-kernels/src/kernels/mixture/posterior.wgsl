// Log-sum-exp over the components of four rows at a time, one row per element of each vector. Put before a kernel that
// computes responsibilities, after em-types.wgsl; `posteriorBindings` in em-types.ts are those below and the points.
//
// The running maximum and sum are updated for each component, so that log-densities are read once. Log-densities stay above
// -1e30, so that sums are finite for a point at any distance.

@group(0) @binding(1) var<storage, read> means: array<f32>;
@group(0) @binding(2) var<storage, read> factors: array<f32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> results: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> labels: array<u32>;
@group(0) @binding(7) var<storage, read_write> partials: array<f32>;
@group(0) @binding(8) var<uniform> block: Block;

override weighted: bool = false;
override record: bool = false;

// Below every log-density; the value for components past the last.
const ABSENT = -1e38;
const FLOOR = -1e30;

struct Running {
  highest: vec4f,
  // The sum of exp(log-density - highest).
  sum: vec4f,
  // Component of the highest log-density, the first among equals; only set when `record` is set.
  label: vec4u,
}

// Log-densities from the squared distances of four rows, in units of the component's covariance.
fn log_density(squares: vec4f, component: u32) -> vec4f {
  if (component >= block.components) {
    return vec4f(ABSENT);
  }
  return max(vec4f(means[block.first_coefficient + component]) - 0.5 * squares, vec4f(FLOOR));
}

// The same for four components.
fn log_densities(squares: mat4x4f, component: u32) -> mat4x4f {
  return mat4x4f(
    log_density(squares[0], component),
    log_density(squares[1], component + 1u),
    log_density(squares[2], component + 2u),
    log_density(squares[3], component + 3u),
  );
}

// Writes the values of four rows and four components.
fn store(values: mat4x4f, component: u32, row: u32) {
  for (var c = 0u; c < 4u && component + c < block.components; c++) {
    results[((component + c) * block.capacity + row) / 4u] = values[c];
  }
}

// Adds one component; components come in ascending order.
fn take_one(running: Running, value: vec4f, component: u32) -> Running {
  var next = Running(max(running.highest, value), vec4f(), running.label);
  next.sum = running.sum * exp(running.highest - next.highest) + exp(value - next.highest);
  if (record) {
    next.label = select(running.label, vec4u(component), value > running.highest);
  }
  return next;
}

// Adds four components.
fn take_four(running: Running, values: mat4x4f, component: u32) -> Running {
  let highest = max(max(running.highest, values[0]), max(max(values[1], values[2]), values[3]));
  var next = Running(highest, running.sum * exp(running.highest - highest), running.label);
  next.sum += (exp(values[0] - highest) + exp(values[1] - highest)) + (exp(values[2] - highest) + exp(values[3] - highest));
  if (record) {
    var best = running.highest;
    for (var c = 0u; c < 4u; c++) {
      next.label = select(next.label, vec4u(component + c), values[c] > best);
      best = max(best, values[c]);
    }
  }
  return next;
}

// Combines two results over different components.
fn merge(a: Running, b: Running) -> Running {
  let highest = max(a.highest, b.highest);
  let sum = a.sum * exp(a.highest - highest) + b.sum * exp(b.highest - highest);
  let a_first = (a.highest > b.highest) | ((a.highest == b.highest) & (a.label < b.label));
  return Running(highest, sum, select(b.label, a.label, a_first));
}

fn responsibility(value: vec4f, total: Running) -> vec4f {
  return exp(value - total.highest) / total.sum;
}

// The sum of weight x log-likelihood of four rows; when `record` is set, it also writes the log-likelihoods.
fn conclude_rows(total: Running, row: u32) -> f32 {
  var values = total.highest + log(total.sum);
  if (record && row < block.rows) {
    results[row / 4u] = values;
  }
  var sum = 0.0;
  for (var r = 0u; r < 4u && row + r < block.rows; r++) {
    if (record) {
      labels[row + r] = total.label[r];
    }
    if (weighted) {
      values[r] *= weights[row + r];
    }
    sum += values[r];
  }
  return sum;
}
