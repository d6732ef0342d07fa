import { describe, expect, it } from 'vitest';
import { forPoints, type PointFormat } from '../../points/access.ts';
import { wholeBuffer } from '../../runtime/buffers.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import { blockBytes, normals, positives, RUNNING, testBlock } from '../../testing/mixture-values.ts';
import { runKernel } from '../../testing/test-device.ts';
import { testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';
import { momentElements, momentsConstants, momentsGrid, momentsKernel, planMoments } from './moments.ts';

describe('moments', () => {
  const device = useTestDevice();

  it.each<[number, number, number, boolean, boolean, PointFormat]>([
    [1, 1, 1, false, false, 'f32'],
    [31, 16, 17, true, false, 'f32'],
    [513, 17, 3, false, true, 'f32'],
    [100, 5, 2, true, false, 'u8'],
    [1030, 70, 9, false, false, 'f32'],
    [64, 3, 70, true, true, 'f32'],
  ])('%i points in %i columns, %i components, weighted: %s, carry: %s, %s', async (...shape) => {
    const [rows, columns, components, weighted, carry, format] = shape;
    const block = testBlock(rows, columns, components, { carry });
    const points = testPoints(format, rows, columns);
    const responsibilities = positives(components * block.capacity, 2);
    const weights = positives(Math.max(4, rows), 3);
    const means = normals(components * columns, 4);
    const elements = momentElements(components, columns);
    const before = Float64Array.from({ length: block.segments * elements }, (_, i) => i / 7);
    const plan = planMoments(columns, components);
    const { totals } = await runKernel(device.context, forPoints(momentsKernel, format), {
      grid: momentsGrid(plan, block),
      constants: { ...momentsConstants(plan), weighted: weighted ? 1 : 0, ...points.constants },
      buffers: {
        points: points.stored,
        responsibilities,
        weights,
        means,
        state: RUNNING,
        totals: packDoubles(before),
        block: blockBytes(block),
      },
    });
    const expected = carry ? before.slice() : new Float64Array(before.length);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < components; k++) {
        const at = Math.floor(row / block.segmentRows) * elements + k * (1 + 2 * columns);
        const share = responsibilities[k * block.capacity + row] * (weighted ? weights[row] : 1);
        expected[at] += share;
        for (let j = 0; j < columns; j++) {
          const difference = points.values[row * columns + j] - means[k * columns + j];
          expected[at + 1 + j] += share * difference;
          expected[at + 1 + columns + j] += share * difference * difference;
        }
      }
    }
    const actual = unpackDoubles(new Float32Array(totals));
    let worst = 0;
    expected.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(actual[i] - value) / (rows + Math.abs(value)));
    });
    expect(worst).toBeLessThan(1e-6);
  });

  it('adds up a weight of a hundred million without the error of float32 sums', async () => {
    // Sums of one segment are exact in float32, so an error can only come from adding segments.
    const [rows, weight, value, rounds] = [1021, 61, 3, 1607];
    const { context } = device;
    const scope = context.createScope();
    const block = testBlock(rows, 1, 1, { segments: 1, segmentRows: 65_536 });
    const plan = planMoments(1, 1);
    const pipeline = await context.pipelines.get(forPoints(momentsKernel, 'f32'), {
      ...momentsConstants(plan),
      weighted: 1,
    });
    const { first, next, totals } = await context.guard('testing moments', () => {
      const shared = {
        points: scope.upload('points', new Float32Array(block.capacity).fill(value)),
        responsibilities: scope.upload('responsibilities', new Float32Array(block.capacity).fill(1)),
        weights: scope.upload('weights', new Float32Array(block.capacity).fill(weight)),
        means: scope.upload('means', new Float32Array(4)),
        state: scope.upload('state', RUNNING),
        totals: scope.upload('totals', new Float32Array(6)),
      };
      const bound = (carry: boolean) => {
        const params = new ArrayBuffer(48);
        new Uint8Array(params).set(blockBytes({ ...block, carry }));
        return bindKernel(context.device, pipeline, { ...shared, block: scope.uniform('block', params) });
      };
      return { first: bound(false), next: bound(true), totals: shared.totals };
    });
    const commands = new Commands(context, 'testing moments');
    for (let i = 0; i < rounds; i++) {
      await commands.dispatch(i === 0 ? first : next, momentsGrid(plan, block), rows);
    }
    const sums = unpackDoubles(new Float32Array(await commands.read(scope, wholeBuffer(totals))));
    scope.destroy();
    const count = rows * weight * rounds;
    expect(count).toBeGreaterThan(1e8);
    expect([...sums]).toEqual([count, value * count, value * value * count]);
    let plain = 0;
    for (let i = 0; i < rounds; i++) plain = Math.fround(plain + value * rows * weight);
    expect(Math.abs(plain / (value * count) - 1)).toBeGreaterThan(1e-7);
  });
});
