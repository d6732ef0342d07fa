import { describe, expect, it } from 'vitest';
import { PointIndex } from '../render/point-index.ts';
import { nearestPoint, nextPoint } from './nearby.ts';

const positions = Float32Array.of(0, 0, 5, 1, 1, 6, -3, -1, 900, 0, NaN, 2);
const index = new PointIndex(positions);
const all = (): boolean => true;

describe('nextPoint', () => {
  it.each([
    ['right', { dx: 1, dy: 0 }, 1],
    ['up', { dx: 0, dy: 1 }, 2],
    ['left', { dx: -1, dy: 0 }, 3],
    ['down', { dx: 0, dy: -1 }, undefined],
  ] as const)('finds the nearest point to the %s', (_, direction, expected) => {
    expect(nextPoint(index, positions, { x: 0, y: 0 }, direction, 1, all)).toBe(expected);
  });

  it('looks as far as needed, past points that are not wanted', () => {
    const without = (point: number): boolean => point !== 1;
    expect(nextPoint(index, positions, { x: 0, y: 0 }, { dx: 1, dy: 0 }, 1e-6, without)).toBe(4);
  });
});

describe('nearestPoint', () => {
  it('finds a point at any distance, and nothing where there are no points', () => {
    expect(nearestPoint(index, { x: 1e6, y: 1e6 }, 1, all)).toBe(4);
    expect(nearestPoint(index, { x: 0, y: 0 }, 0, all)).toBe(0);
    expect(nearestPoint(index, { x: 0, y: 0 }, 1, () => false)).toBeUndefined();
    expect(nearestPoint(new PointIndex(new Float32Array()), { x: 0, y: 0 }, 1, all)).toBeUndefined();
  });
});
