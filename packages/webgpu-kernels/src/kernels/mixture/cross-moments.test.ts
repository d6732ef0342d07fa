import { describe, expect, it } from 'vitest';
import { forPoints } from '../../points/access.ts';
import { blockBytes, normals, positives, RUNNING, testBlock } from '../../testing/mixture-values.ts';
import { runKernel } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import {
  crossMomentsConstants,
  crossMomentsGrid,
  crossMomentsKernel,
  planCrossMoments,
  triangleSize,
} from './cross-moments.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';
import { momentElements } from './moments.ts';

describe('cross-moments', () => {
  const device = useTestDevice();

  it.each([
    [1, 1, 1, false, false],
    [33, 31, 3, true, false],
    [64, 33, 1, false, true],
    [520, 70, 2, true, false],
    [700, 3, 5, false, true],
    [90, 130, 1, false, false],
  ])('%i points in %i columns, %i components, weighted: %s, carry: %s', async (...shape) => {
    const [rows, columns, components, weighted, carry] = shape;
    const block = testBlock(rows, columns, components, { carry });
    const points = normals(rows * columns, 1);
    const responsibilities = positives(components * block.capacity, 2);
    const weights = positives(Math.max(4, rows), 3);
    const means = normals(components * columns, 4);
    const size = triangleSize(columns);
    const elements = momentElements(components, columns);
    const before = new Float64Array(block.segments * components * size).fill(1 / 3);
    const plan = planCrossMoments(columns);
    const { totals, crossTotals } = await runKernel(device.context, forPoints(crossMomentsKernel, 'f32'), {
      grid: crossMomentsGrid(plan, block),
      constants: { ...crossMomentsConstants(plan), weighted: weighted ? 1 : 0 },
      buffers: {
        points,
        responsibilities,
        weights,
        means,
        state: RUNNING,
        totals: packDoubles(new Float64Array(block.segments * elements)),
        crossTotals: packDoubles(before),
        block: blockBytes(block),
      },
    });
    const expected = carry ? before.slice() : new Float64Array(before.length);
    const first = new Float64Array(block.segments * elements);
    for (let row = 0; row < rows; row++) {
      const segment = Math.floor(row / block.segmentRows);
      for (let k = 0; k < components; k++) {
        const share = responsibilities[k * block.capacity + row] * (weighted ? weights[row] : 1);
        const centred = (j: number): number => points[row * columns + j] - means[k * columns + j];
        let at = (segment * components + k) * size;
        const firstAt = segment * elements + k * (1 + 2 * columns);
        first[firstAt] += share;
        for (let i = 0; i < columns; i++) {
          first[firstAt + 1 + i] += share * centred(i);
          for (let j = 0; j <= i; j++) expected[at++] += share * centred(i) * centred(j);
        }
      }
    }
    expect(worstError(crossTotals, expected, rows)).toBeLessThan(1e-6);
    expect(worstError(totals, first, rows)).toBeLessThan(1e-6);
  });
});

function worstError(bytes: ArrayBuffer, expected: Float64Array, rows: number): number {
  const actual = unpackDoubles(new Float32Array(bytes));
  return expected.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(actual[i] - value) / (rows + Math.abs(value))),
    0,
  );
}
