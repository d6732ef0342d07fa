/** Products of matrices of many rows and few columns, all row-major. */

/** A^T B of two rows x width matrices, width x width. */
export function transposedProduct(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  width: number,
): Float64Array {
  const out = new Float64Array(width * width);
  for (let i = 0; i < rows; i++) {
    for (let p = 0; p < width; p++) {
      const factor = a[i * width + p];
      for (let q = 0; q < width; q++) out[p * width + q] += factor * b[i * width + q];
    }
  }
  return out;
}

/** A B of a rows x width matrix and a width x width one. */
export function narrowProduct(a: Float64Array, b: Float64Array, rows: number, width: number): Float64Array {
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let p = 0; p < width; p++) {
      const factor = a[i * width + p];
      for (let c = 0; c < width; c++) out[i * width + c] += factor * b[p * width + c];
    }
  }
  return out;
}

/** (A + A^T) / 2: makes mirrored elements equal again after rounding. */
export function symmetricPart(a: Float64Array, size: number): Float64Array {
  return a.map((value, at) => (value + a[(at % size) * size + Math.floor(at / size)]) / 2);
}
