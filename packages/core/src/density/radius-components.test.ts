import { describe, expect, test } from 'vitest';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { matrixFromRows, type Matrix } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { radiusComponents, type RadiusComponentsOptions } from './radius-components.ts';

const engine = createReferenceEngine();
const componentsOf = (points: Matrix, options: RadiusComponentsOptions) =>
  radiusComponents(engine, points, options);

describe('radiusComponents', () => {
  test('points on a line by hand', async () => {
    // Ordered by place: 0 1 2 3 4 5, then 9 and 20 alone. The ends of the chain have one neighbor each.
    const points = matrixFromRows([[0], [1], [9], [2], [20], [3], [4], [5]]);
    const found = await componentsOf(points, { radius: 1, minSamples: 3 });
    expect([...found.isCore]).toEqual([0, 1, 0, 1, 0, 1, 1, 0]);
    expect([...found.components]).toEqual([0, 0, NO_CLUSTER, 0, NO_CLUSTER, 0, 0, 0]);
    expect(found.count).toBe(1);
  });

  test('a point between two components belongs to the one with the lowest core row', async () => {
    const right = [[2], [2.5], [2.5], [2.5], [2.5]];
    const left = [[-0.5], [-0.5], [-0.5], [-0.5], [0]];
    const points = matrixFromRows([[1], ...right, ...left]);
    const found = await componentsOf(points, { radius: 1, minSamples: 5 });
    expect([...found.isCore]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect([...found.components]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(found.count).toBe(2);
  });

  test('the distance that equals the radius counts', async () => {
    const points = matrixFromRows([
      [0, 0],
      [3, 4],
      [3, 9.000001],
    ]);
    const { components } = await componentsOf(points, { radius: 5, minSamples: 2 });
    expect([...components]).toEqual([0, 0, NO_CLUSTER]);
  });

  test('cosine distances are compared with the radius', async () => {
    const points = matrixFromRows([
      [1, 0],
      [2, 2],
      [0, 7],
    ]);
    const { components } = await componentsOf(points, { radius: 0.3, minSamples: 3, metric: 'cosine' });
    expect([...components]).toEqual([0, 0, 0]);
  });

  test('refuses what it cannot use', async () => {
    const points = matrixFromRows([[0], [1]]);
    await expect(componentsOf(points, { radius: 0, minSamples: 1 })).rejects.toThrow(
      'radius must be a finite number above 0; got 0.',
    );
    await expect(componentsOf(points, { radius: 1, minSamples: 0 })).rejects.toThrow(
      'minSamples must be a whole number of at least 1; got 0.',
    );
  });
});
