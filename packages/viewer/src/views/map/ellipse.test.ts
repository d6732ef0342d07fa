import { describe, expect, it } from 'vitest';
import { ellipseOf } from './ellipse.ts';

describe('ellipseOf', () => {
  it('has the square roots of the eigenvalues as half axes, and the direction of the longer one', () => {
    const { major, minor, angle } = ellipseOf(2.5, 1.5, 2.5)!;
    expect(major).toBeCloseTo(2, 12);
    expect(minor).toBeCloseTo(1, 12);
    expect(angle).toBeCloseTo(Math.PI / 4, 12);
  });

  it.each([
    [4, 0, 1, 0],
    [1, 0, 4, Math.PI / 2],
    [1, -1, 1, -Math.PI / 4],
  ])('of %d, %d, %d turns by %d', (xx, xy, yy, angle) => {
    expect(ellipseOf(xx, xy, yy)!.angle).toBeCloseTo(angle, 12);
  });

  it('treats values that rounding left below zero as zero', () => {
    expect(ellipseOf(1, 1 + 1e-12, 1)!.minor).toBe(0);
    expect(ellipseOf(0, 0, 0)).toEqual({ major: 0, minor: 0, angle: 0 });
  });

  it('is undefined for values that are not a covariance', () => {
    expect(ellipseOf(NaN, 0, 1)).toBeUndefined();
    expect(ellipseOf(Infinity, 0, 1)).toBeUndefined();
    expect(ellipseOf(-2, 0, -1)).toBeUndefined();
  });
});
