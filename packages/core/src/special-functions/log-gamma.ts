/** Coefficients of Stirling's series, B_2n / (2 n (2 n - 1)). */
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156];

/** From here on the series has 15 digits. */
const ENOUGH = 10;

/** log of the gamma function of x > 0, by its recurrence and Stirling's series (Abramowitz & Stegun, 6.1.41). */
export function logGamma(x: number): number {
  let product = 1;
  let z = x;
  for (; z < ENOUGH; z++) product *= z;
  let sum = 0;
  let power = 1 / z;
  for (const coefficient of SERIES) {
    sum += coefficient * power;
    power /= z * z;
  }
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + sum - Math.log(product);
}
