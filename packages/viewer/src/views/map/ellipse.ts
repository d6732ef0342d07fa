/** An ellipse's half axes, longest first, and the direction of the longer one in radians, counterclockwise from x. */
export interface EllipseAxes {
  readonly major: number;
  readonly minor: number;
  readonly angle: number;
}

/**
 * The ellipse at one standard deviation of a normal distribution: the eigenvalues of [[xx, xy], [xy, yy]] are its squared
 * half axes. Rounding may leave the smaller one below zero; then it counts as zero.
 *
 * @returns undefined for values that are not a covariance
 */
export function ellipseOf(xx: number, xy: number, yy: number): EllipseAxes | undefined {
  const mean = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  if (!Number.isFinite(mean + spread) || mean + spread < 0) return undefined;
  return {
    major: Math.sqrt(mean + spread),
    minor: Math.sqrt(Math.max(0, mean - spread)),
    angle: Math.atan2(2 * xy, xx - yy) / 2,
  };
}
