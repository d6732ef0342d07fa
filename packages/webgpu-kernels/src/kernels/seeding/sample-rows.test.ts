import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { sampleRowsKernel, sampleRowsParams } from './sample-rows.ts';
import { sumMassGrid, sumMassKernel, sumMassParams } from './sum-mass.ts';

const NO_WEIGHTS = new Float32Array(4);

describe('sum-mass and sample-rows', () => {
  const device = useTestDevice();

  async function sumMass(distances: Float32Array, weights?: Float32Array): Promise<Float32Array> {
    const { blocks } = await runKernel(device.context, sumMassKernel, {
      grid: sumMassGrid(distances.length),
      constants: { weighted: weights ? 1 : 0 },
      buffers: {
        weights: weights ?? NO_WEIGHTS,
        seedDistances: distances,
        blocks: new Float32Array(Math.ceil(distances.length / 256)),
        params: new Uint8Array(sumMassParams(distances.length, true)),
      },
    });
    return new Float32Array(blocks);
  }

  async function draw(distances: Float32Array, uniforms: Float32Array): Promise<Uint32Array> {
    const { drawn } = await runKernel(device.context, sampleRowsKernel, {
      grid: [1, 1],
      constants: { weighted: 0 },
      buffers: {
        weights: NO_WEIGHTS,
        seedDistances: distances,
        blocks: await sumMass(distances),
        uniforms,
        drawn: new Uint32Array(uniforms.length),
        params: new Uint8Array(sampleRowsParams(distances.length, true, uniforms.length)),
      },
    });
    return new Uint32Array(drawn);
  }

  it.each([1, 255, 256, 257, 1000])('sums the masses of blocks of %i rows', async (rows) => {
    const distances = normals(1, rows).map(Math.abs);
    const weights = normals(2, rows).map(Math.abs);
    const expected = new Float64Array(Math.ceil(rows / 256));
    distances.forEach((distance, i) => (expected[Math.floor(i / 256)] += distance * weights[i]));
    expect(relativeError(await sumMass(distances, weights), expected)).toBeLessThan(1e-6);
  });

  it.each([1, 255, 257, 70_000])('draws each of %i rows by its share', async (rows) => {
    // With whole numbers as masses the running sums are exact, so every draw can be predicted.
    const distances = Float32Array.from({ length: rows }, (_, i) => i % 3);
    distances[0] = 1;
    const total = distances.reduce((sum, mass) => sum + mass, 0);
    const uniforms = Float32Array.from({ length: 300 }, (_, i) => i / 300);
    const drawn = await draw(distances, uniforms);
    let row = 0;
    let running = distances[0];
    for (let i = 0; i < uniforms.length; i++) {
      while (running <= Math.fround(uniforms[i] * total)) running += distances[++row];
      expect(drawn[i]).toBe(row);
    }
  });

  it('never draws a row of mass 0, also not at the ends', async () => {
    const distances = new Float32Array(600);
    distances[300] = 0.1;
    distances[301] = 0.2;
    expect([...(await draw(distances, Float32Array.of(0, 0.5, 1)))]).toEqual([300, 301, 301]);
  });

  it('draws evenly when all masses are 0', async () => {
    expect([...(await draw(new Float32Array(5), Float32Array.of(0, 0.5, 1)))]).toEqual([0, 2, 4]);
  });

  it('packs rows, seeded, draws', () => {
    expect([...new Uint32Array(sumMassParams(9, true))]).toEqual([9, 1, 0, 0]);
    expect([...new Uint32Array(sampleRowsParams(9, false, 4))]).toEqual([9, 0, 4, 0]);
  });
});
