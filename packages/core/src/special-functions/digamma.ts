/** Coefficients of the asymptotic series, B_2n / 2 n. */
const SERIES = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12];

/** From here on the series has 15 digits. */
const ENOUGH = 10;

/** Derivative of the log of the gamma function at x > 0, by its recurrence and series (Abramowitz & Stegun, 6.3.18). */
export function digamma(x: number): number {
  let before = 0;
  let z = x;
  for (; z < ENOUGH; z++) before += 1 / z;
  let sum = 0;
  let power = 1 / (z * z);
  for (const coefficient of SERIES) {
    sum += coefficient * power;
    power /= z * z;
  }
  return Math.log(z) - 0.5 / z - sum - before;
}
