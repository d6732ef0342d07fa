// The unnormalized probability of each row in weighted sampling. Put before a kernel, whose `params` hold
// `rows` and `seeded`, and which binds weights and seed_distances here.

override weighted: bool = false;

@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read> seed_distances: array<f32>;

// Rows of a block; only the sum of their masses is stored.
const BLOCK = 256u;

// Weight times squared distance to the nearest seed; only the weight while there are no seeds.
fn row_mass(row: u32) -> f32 {
  var mass = 1.0;
  if (params.seeded != 0u) {
    mass = seed_distances[row];
  }
  if (weighted) {
    mass *= weights[row];
  }
  return mass;
}
