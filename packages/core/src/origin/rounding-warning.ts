/** Rounding below this share of the clusters' own spread decides the labels of hardly any points. */
const HARMLESS = 1e-3;

/**
 * The warning that float32 may have decided labels, when its rounding errors are not small compared with the spread of
 * the clusters.
 *
 * @param rounding root mean square of the rounding errors
 * @param spread standard deviation of points about their own cluster's center
 * @param where what was rounded, for people
 */
export function roundingWarning(rounding: number, spread: number, where: string): readonly string[] {
  if (rounding <= HARMLESS * spread) return [];
  return [
    `The engine computes in float32, which rounded ${where} by ${plain(rounding)} on average; points lie ` +
      `${plain(spread)} around their cluster's center, so rounding may have decided labels. The reference ` +
      "engine computes in float64; scaling: 'standardize' helps where columns differ in size.",
  ];
}

/** Two digits without an exponent: `toPrecision` writes 130 as 1.3e+2. */
function plain(value: number): string {
  return String(Number(value.toPrecision(2)));
}
