// Structs shared by the kernels of expectation-maximization. Put before them; packed in em-types.ts.

// The state of a run of iterations; at the start all is zero except `previous`.
struct State {
  // Not 0 after the run stopped: later kernels of the run return at once.
  halted: u32,
  // Number of iterations that ran.
  iterations: u32,
  // Not 0 when `previous` holds a lower bound.
  has_previous: u32,
  // 1 + the index of the first covariance that is not positive definite, or 0.
  failure: u32,
  // Lower bound of the last iteration, as a double-float.
  previous: vec2f,
}

// A block of rows: every per-row binding starts at its first row.
struct Block {
  rows: u32,
  // Index of its first row among all points.
  first_row: u32,
  // Rows for which the scratch of responsibilities has room: element (row, k) is at k * capacity + row.
  capacity: u32,
  columns: u32,
  components: u32,
  // Elements from one component's precision factor to the next; 0 when all share one.
  factor_stride: u32,
  // Number of segments (runs of rows with separate sums), and rows of each.
  segments: u32,
  segment_rows: u32,
  // Index of its first sum of log-likelihoods.
  first_partial: u32,
  // Where the log-densities' coefficients start in the buffer of the means.
  first_coefficient: u32,
  // Not 0 when segments are added to the contents of their slots.
  carry: u32,
  // Zero, but unknown to the compiler; see double-float.wgsl.
  guard: u32,
}
