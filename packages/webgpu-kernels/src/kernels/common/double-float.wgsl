// Double-float arithmetic: a value is the unevaluated sum x.x + x.y of two f32, x.y at most half an ulp of x.x, which gives
// about 48 bits (Dekker, "A floating-point technique for extending the available precision", 1971; Knuth, TAOCP vol. 2,
// 4.2.2). The error of an operation is a few times 2^-47, relative to the result of products, quotients and roots and to the
// larger operand of sums and differences.
//
// Put before a kernel, which calls df_guard with a zero from a buffer, so that the compiler cannot know the value. WGSL lets
// compilers reassociate floats and fuse multiply and add, which would simplify the error terms to zero. An integer xor with
// that zero hides from the compiler every rounded value from which an error is computed. Fusing elsewhere does not change
// results, because those products are exact.
//
// The remaining assumptions: sums, differences and products round to nearest (WGSL promises one of the two neighbors; all
// known GPUs take the nearest), and no relevant value is subnormal (WGSL may flush it). Division and square root need not
// round correctly: their error is computed and added.

var<private> df_zero_bits: u32 = 0u;

fn df_guard(zero: u32) {
  df_zero_bits = zero;
}

fn df_opaque(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ df_zero_bits);
}

// a + b, exactly.
fn df_two_sum(a: f32, b: f32) -> vec2f {
  let ordered = abs(a) >= abs(b);
  let large = select(b, a, ordered);
  let small = select(a, b, ordered);
  let sum = df_opaque(large + small);
  return vec2f(sum, df_opaque(small - df_opaque(sum - large)));
}

// a * b, exactly while the error does not underflow: both halves of a split have at most 12 bits.
fn df_two_product(a: f32, b: f32) -> vec2f {
  let product = df_opaque(a * b);
  let a_high = bitcast<f32>(bitcast<u32>(a) & 0xfffff000u);
  let b_high = bitcast<f32>(bitcast<u32>(b) & 0xfffff000u);
  let a_low = df_opaque(a - a_high);
  let b_low = df_opaque(b - b_high);
  let leading = df_opaque(a_high * b_high - product);
  let middle = df_opaque(leading + a_high * b_low);
  return vec2f(product, df_opaque(df_opaque(middle + a_low * b_high) + a_low * b_low));
}

fn df_add(a: vec2f, b: vec2f) -> vec2f {
  let sum = df_two_sum(a.x, b.x);
  return df_two_sum(sum.x, df_opaque(sum.y + (a.y + b.y)));
}

fn df_subtract(a: vec2f, b: vec2f) -> vec2f {
  return df_add(a, -b);
}

fn df_multiply(a: vec2f, b: vec2f) -> vec2f {
  let product = df_two_product(a.x, b.x);
  return df_two_sum(product.x, df_opaque(product.y + (a.x * b.y + a.y * b.x)));
}

fn df_divide(a: vec2f, b: vec2f) -> vec2f {
  let quotient = df_opaque(a.x / b.x);
  let rest = df_subtract(a, df_multiply(b, vec2f(quotient, 0.0)));
  return df_two_sum(quotient, rest.x / b.x);
}

// The square root of a > 0.
fn df_sqrt(a: vec2f) -> vec2f {
  let root = df_opaque(sqrt(a.x));
  let rest = df_subtract(a, df_two_product(root, root));
  return df_two_sum(root, rest.x / (2.0 * root));
}
