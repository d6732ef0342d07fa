// Shared by the kernels that sum statistics of a block. Put before them, after em-types.wgsl, a points-* module and
// double-float.wgsl; the kernel binds `block` and calls df_guard.

override weighted: bool = false;

@group(0) @binding(1) var<storage, read> responsibilities: array<f32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;

// The share of a point in a component: weight x responsibility; 0 past the last row or component.
fn share(row: u32, component: u32) -> f32 {
  if (row >= block.rows || component >= block.components) {
    return 0.0;
  }
  var result = responsibilities[component * block.capacity + row];
  if (weighted) {
    result *= weights[row];
  }
  return result;
}

// The new value of a slot with a segment's sum added; the sums of the first block replace the old value.
fn add_to_slot(total: vec2f, value: f32) -> vec2f {
  if (block.carry == 0u) {
    return vec2f(value, 0.0);
  }
  return df_add(total, vec2f(value, 0.0));
}
