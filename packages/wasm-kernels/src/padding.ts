/** Copies D-wide rows into rows padded to a longer stride. */
export function padRows(values: ArrayLike<number>, columns: number, padded: Float32Array): void {
  const rows = values.length / columns;
  const stride = padded.length / rows;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) padded[i * stride + j] = values[i * columns + j];
  }
}

/** Copies D-wide rows out of rows padded to a longer stride. */
export function unpadRows(padded: Float64Array, stride: number, columns: number): Float64Array;
export function unpadRows(padded: Float32Array, stride: number, columns: number): Float32Array;
export function unpadRows(
  padded: Float32Array | Float64Array,
  stride: number,
  columns: number,
): Float32Array | Float64Array {
  const rows = padded.length / stride;
  const values = padded.slice(0, rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) values[i * columns + j] = padded[i * stride + j];
  }
  return values;
}
