// Places of vertices as lists of coordinates, for layouts of any number of dimensions. Put before a kernel, which declares
// how places are bound. While a vertex moves, its place is in `next`, which only its own thread reads and writes.

override dimensions: u32 = 5u;

@group(0) @binding(0) var<storage, read> current: array<f32>;
@group(0) @binding(1) var<storage, read_write> next: array<f32>;
@group(0) @binding(2) var<storage, read> others: array<f32>;

// First coordinate of this thread's vertex, and of the other place that was read last.
var<private> own_start: u32;
var<private> other_start: u32;

fn leave(vertex: u32) {
  own_start = vertex * dimensions;
  for (var c = 0u; c < dimensions; c++) {
    next[own_start + c] = current[own_start + c];
  }
}

fn away(c: u32) -> f32 {
  return clamp(next[own_start + c] - others[other_start + c], -FARTHEST, FARTHEST);
}

fn square_to(other: u32) -> f32 {
  other_start = other * dimensions;
  var square = 0.0;
  for (var c = 0u; c < dimensions; c++) {
    let difference = away(c);
    square = fma(difference, difference, square);
  }
  return square;
}

fn move_away(factor: f32, rate: f32) {
  for (var c = 0u; c < dimensions; c++) {
    next[own_start + c] += rate * clamp(factor * away(c), -MAX_MOVE, MAX_MOVE);
  }
}

fn arrive(vertex: u32) {
  for (var c = 0u; c < dimensions; c++) {
    next[own_start + c] = clamp(next[own_start + c], -LAST_PLACE, LAST_PLACE);
  }
}
