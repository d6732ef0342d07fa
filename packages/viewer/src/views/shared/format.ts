/** Made once: `toLocaleString` with options makes one for each number, which takes some microseconds. */
const NUMBERS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 15 });

/** A value in at most `digits` significant digits: "1,234", "0.8312", "1.234e+9". */
export function quantity(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(digits - 1);
  const rounded = Number(value.toPrecision(digits));
  return NUMBERS.format(size >= 10 ** digits ? Math.round(value) : rounded);
}

/** A share as a percentage: "12.3%", "<0.1%"; only 0 gives 0%, and only 1 gives 100%. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share >= 0.9995) return '>99.9%';
  return `${(100 * share).toFixed(share > 0 && share < 1 ? 1 : 0)}%`;
}
