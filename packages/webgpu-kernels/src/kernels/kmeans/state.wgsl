// Data that the kernels of a k-means step share across iterations, so that no iteration needs the host. Put before a kernel,
// which binds `state` (and `history`) at any slot.

struct State {
  // Not 0 after an iteration converged or found an empty cluster: kernels of later iterations do nothing.
  halted: u32,
  // Iterations recorded in `history` so far.
  ran: u32,
  // Not 0 when the labels of the previous assignment do not count: all labels are new.
  forget: u32,
  // Largest squared movement of the centroids that counts as convergence.
  tolerance: f32,
}

struct Iteration {
  inertia: f32,
  changed: u32,
  shift: f32,
  empty: u32,
}

struct AssignPartial {
  inertia: f32,
  changed: u32,
}

// The chunk of points that a kernel labels.
struct Chunk {
  // Row of the chunk's first point in labels, distances and weights.
  first_row: u32,
  rows: u32,
  columns: u32,
  clusters: u32,
}
