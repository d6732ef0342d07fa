// Structs shared by the kernels of expectation-maximisation. Put before them; packed in em-types.ts.

// Where a run of iterations stands; zero but for `previous` when it starts.
struct State {
  // Not 0 once the run has stopped: later kernels of the run return at once.
  halted: u32,
  // Iterations that ran.
  iterations: u32,
  // Not 0 when `previous` holds a lower bound.
  has_previous: u32,
  // 1 + the index of the first covariance that is not positive definite, else 0.
  failure: u32,
  // Lower bound of the last iteration, as a double-float.
  previous: vec2f,
}

// A block of rows: every per-row binding starts at its first row.
struct Block {
  rows: u32,
  // Index of its first row among all points.
  first_row: u32,
  // Rows the responsibilities' scratch has room for: element (row, k) is at k * capacity + row.
  capacity: u32,
  columns: u32,
  components: u32,
  // Elements from one component's precision factor to the next; 0 when they share one.
  factor_stride: u32,
  // Runs of rows that are summed apart, and their rows.
  segments: u32,
  segment_rows: u32,
  // Index of its first sum of log-likelihoods.
  first_partial: u32,
  // Where the log-densities' coefficients start in the buffer of the means.
  first_coefficient: u32,
  // Not 0 when segments join what their slots hold already.
  carry: u32,
  // Zero, unknown to the compiler; see double-float.wgsl.
  guard: u32,
}
