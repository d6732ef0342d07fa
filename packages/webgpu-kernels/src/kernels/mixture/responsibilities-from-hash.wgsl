// First responsibilities at random: element (i, k) is (hash32(seed, i * K + k) + 0.5) / 2^32, rows normalized.
//
// One thread per row of the block. Needs the module hash; its value is rounded to f32.

struct Source {
  seed: u32,
  // From which rows are counted.
  first_row: u32,
}

@group(0) @binding(0) var<storage, read_write> responsibilities: array<f32>;
@group(0) @binding(1) var<uniform> source: Source;
@group(0) @binding(2) var<uniform> block: Block;

@compute @workgroup_size(256)
fn responsibilities_from_hash(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= block.rows) {
    return;
  }
  let first = (source.first_row + block.first_row + row) * block.components;
  var sum = 0.0;
  for (var k = 0u; k < block.components; k++) {
    let value = (f32(hash32(source.seed, first + k)) + 0.5) * 0x1p-32;
    responsibilities[k * block.capacity + row] = value;
    sum += value;
  }
  for (var k = 0u; k < block.components; k++) {
    responsibilities[k * block.capacity + row] /= sum;
  }
}
