// Places of vertices as vectors, for layouts of few dimensions: `Place` is vec2f or vec4f; coordinates beyond the layout's
// dimensions are and stay 0. Put before a kernel, which declares how places are bound.

@group(0) @binding(0) var<storage, read> current: array<Place>;
@group(0) @binding(1) var<storage, read_write> next: array<Place>;
@group(0) @binding(2) var<storage, read> others: array<Place>;

// The place of this thread's vertex as it moves, and its difference from the other place that was read last.
var<private> place: Place;
var<private> away: Place;

fn leave(vertex: u32) {
  place = current[vertex];
}

fn square_to(other: u32) -> f32 {
  away = clamp(place - others[other], Place(-FARTHEST), Place(FARTHEST));
  return dot(away, away);
}

fn move_away(factor: f32, rate: f32) {
  place += rate * clamp(factor * away, Place(-MAX_MOVE), Place(MAX_MOVE));
}

fn arrive(vertex: u32) {
  next[vertex] = clamp(place, Place(-LAST_PLACE), Place(LAST_PLACE));
}
