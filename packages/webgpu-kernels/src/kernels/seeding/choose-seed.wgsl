// Chooses the candidate seed of least potential, the first among equals: appends its row to the seeds and copies its values.
//
// A single workgroup of 256 threads; there are few candidates.

struct Params {
  candidates: u32,
  columns: u32,
}

@group(0) @binding(0) var<storage, read> potentials: array<f32>;
// Row of each candidate.
@group(0) @binding(1) var<storage, read> drawn: array<u32>;
// Values of each candidate.
@group(0) @binding(2) var<storage, read> candidates: array<f32>;
// The number of rows, then the rows.
@group(0) @binding(3) var<storage, read_write> seeds: array<u32>;
// Values of the seed.
@group(0) @binding(4) var<storage, read_write> seed: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

const LANES = 256u;

var<workgroup> chosen: u32;

@compute @workgroup_size(LANES)
fn choose_seed(@builtin(local_invocation_index) lane: u32) {
  if (lane == 0u) {
    var least = 0u;
    for (var c = 1u; c < params.candidates; c++) {
      if (potentials[c] < potentials[least]) {
        least = c;
      }
    }
    let count = seeds[0];
    seeds[1u + count] = drawn[least];
    seeds[0] = count + 1u;
    chosen = least;
  }
  let base = workgroupUniformLoad(&chosen) * params.columns;
  for (var j = lane; j < params.columns; j += LANES) {
    seed[j] = candidates[base + j];
  }
}
