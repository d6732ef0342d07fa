import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { memberships } from './memberships.ts';

const NEIGHBORS = 8;
const random = new Random(4);
const distances = Float32Array.from({ length: 20 * NEIGHBORS }, () => 1 + random.uniform());
for (let row = 0; row < 20; row++) distances.subarray(row * NEIGHBORS, (row + 1) * NEIGHBORS).sort();

describe.each([true, false])('memberships, the nearest connected: %s', (connectNearest) => {
  const members = memberships(distances, { neighbors: NEIGHBORS, effective: 9, connectNearest });

  it('sum to the binary logarithm, and fall with the distance', () => {
    for (let start = 0; start < members.length; start += NEIGHBORS) {
      const row = members.subarray(start, start + NEIGHBORS);
      expect(Math.abs(row.reduce((sum, value) => sum + value) - Math.log2(9))).toBeLessThan(1e-4);
      expect([...row]).toEqual([...row].sort((a, b) => b - a));
      expect(row[0] === 1).toBe(connectNearest);
    }
  });

  it('are the same in other units', () => {
    const options = { neighbors: NEIGHBORS, effective: 9, connectNearest };
    for (const unit of [1e-6, 1e12]) {
      const scaled = memberships(
        distances.map((distance) => distance * unit),
        options,
      );
      scaled.forEach((value, at) => {
        expect(Math.abs(value - members[at]), `in units of ${unit}`).toBeLessThan(1e-4);
      });
    }
  });

  it('are full when all points are in one place', () => {
    const options = { neighbors: 3, effective: 4, connectNearest };
    expect([...memberships(new Float32Array(6), options)]).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
