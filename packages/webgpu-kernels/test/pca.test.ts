import { matrix, Pca, Random, type Matrix, type PcaModel, type Points } from '@shoal/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bufferUsage } from '../src/runtime/gpu-constants.ts';
import { createNodeWebGpuEngine } from '../src/node/index.ts';
import type { WebGpuEngine } from '../src/index.ts';
import { relativeError } from '../src/testing/test-points.ts';

/** Points with five strong directions and weak noise in 40 columns, away from the origin. */
function testPoints(rows: number): Matrix {
  const columns = 40;
  const random = new Random(6);
  const axes = Float64Array.from({ length: 5 * columns }, () => random.normal());
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const codes = Array.from({ length: 5 }, (_, r) => (5 - r) * random.normal());
    for (let j = 0; j < columns; j++) {
      const signal = codes.reduce((sum, code, r) => sum + code * axes[r * columns + j], 0);
      data[i * columns + j] = 100 + signal + 0.1 * random.normal();
    }
  }
  return matrix(data, rows, columns);
}

describe('principal components on WebGPU', () => {
  const points = testPoints(700);
  const weights = Float32Array.from({ length: 700 }, (_, i) => i % 3);
  let engine: WebGpuEngine;
  let expected: PcaModel;
  beforeAll(async () => {
    engine = await createNodeWebGpuEngine({ allowSoftware: true });
    expected = await new Pca({ components: 5, whiten: true }).fit(points, { weights });
  });
  afterAll(() => {
    engine.destroy();
  });

  async function compare(given: Points): Promise<void> {
    const model = await new Pca({ components: 5, whiten: true, engine }).fit(given, { weights });
    expect(relativeError(model.mean, expected.mean)).toBeLessThan(1e-6);
    expect(relativeError(model.explainedVariance, expected.explainedVariance)).toBeLessThan(1e-6);
    expect(relativeError(model.explainedVarianceRatio, expected.explainedVarianceRatio)).toBeLessThan(1e-6);
    expect(relativeError(model.components.data, expected.components.data)).toBeLessThan(1e-5);
    const codes = await model.transform(given);
    expect(relativeError(codes.data, (await expected.transform(points)).data)).toBeLessThan(1e-5);
    const restored = await model.inverseTransform(codes);
    expect(relativeError(restored.data, (await expected.inverseTransform(codes)).data)).toBeLessThan(1e-5);
  }

  it('equal those of the reference engine', () => compare(points));

  it('are found from points on the device, which stay there', async () => {
    const before = engine.memory;
    const buffer = engine.device.createBuffer({
      size: points.data.byteLength,
      usage: bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyDestination,
    });
    engine.device.queue.writeBuffer(buffer, 0, points.data as Float32Array<ArrayBuffer>);
    const resident = engine.deviceMatrix(buffer, points.rows, points.columns);
    await compare(resident);
    expect(engine.memory).toEqual(before);
    resident.destroy();
  });

  it('have the same bits every time', async () => {
    const fit = () => new Pca({ components: 3, engine, seed: 4 }).fit(points);
    expect((await fit()).toState()).toEqual((await fit()).toState());
  });
});
