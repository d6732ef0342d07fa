import { createReferenceEngine, matrix, UnsupportedError, type CovarianceType } from '@shoal/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeviceContext } from '../../runtime/device.ts';
import { engineDevice } from '../../testing/engine-device.ts';
import { normals, positives } from '../../testing/mixture-values.ts';
import { spyOnDispatches, spyOnReadbacks } from '../../testing/spies.ts';
import { openTestDevice, type TestDevice } from '../../testing/test-device.ts';
import { openGaussianMixture } from './recoverable.ts';
import { WebGpuGaussianMixtureSession } from './session.ts';

// Cases that are too large for the engine contract; the rest is tested there.
describe('WebGpuGaussianMixtureSession', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each<CovarianceType>(['full', 'diag'])(
    'carries %s statistics over blocks of rows',
    async (covarianceType) => {
      const rows = 16_384 + 700;
      const points = matrix(normals(2 * rows, 1), rows, 2);
      const options = { components: 2, covarianceType, regCovar: 1e-6, weights: positives(rows, 2) };
      const sessions = [
        await WebGpuGaussianMixtureSession.create(device.context, points, options),
        await createReferenceEngine().createGaussianMixture(points, options),
      ];
      const [actual, expected] = await Promise.all(
        sessions.map(async (session) => {
          const labels = Uint32Array.from({ length: rows }, (_, i) => (points.data[2 * i] > 0.3 ? 1 : 0));
          await session.initialize({ kind: 'labels', labels });
          const bounds = (await session.step(2, 0)).map(({ lowerBound }) => lowerBound);
          const { means } = await session.readParameters();
          // Across the border of the first two blocks.
          const responsibilities = await session.responsibilities(16_380, 8);
          session.destroy();
          return { bounds, means, responsibilities };
        }),
      );
      actual.bounds.forEach((bound, i) => {
        expect(Math.abs(bound / expected.bounds[i] - 1)).toBeLessThan(1e-6);
      });
      actual.means.forEach((mean, i) => {
        expect(mean).toBeCloseTo(expected.means[i], 5);
      });
      actual.responsibilities.forEach((value, i) => {
        expect(value).toBeCloseTo(expected.responsibilities[i], 4);
      });
    },
  );

  it.each([
    ['diag', 8],
    ['spherical', 8],
    ['full', 10],
    ['tied', 10],
  ] as const)(
    'has the designed number of dispatches, and one readback per batch: %s',
    async (covarianceType, count) => {
      const points = matrix(normals(5000 * 6, 1), 5000, 6);
      const options = { components: 5, covarianceType, regCovar: 1e-6 };
      const session = await WebGpuGaussianMixtureSession.create(device.context, points, options);
      await session.initialize({
        kind: 'labels',
        labels: Uint32Array.from({ length: 5000 }, (_, i) => i % 5),
      });
      const dispatches = spyOnDispatches(device.context.device);
      const readbacks = spyOnReadbacks(device.context.device);
      try {
        expect(await session.step(4, 0)).toHaveLength(4);
        expect(dispatches.mock.calls.length).toBe(4 * count);
        expect(readbacks.mock.calls.length).toBe(1);
      } finally {
        dispatches.mockRestore();
        readbacks.mockRestore();
        session.destroy();
      }
    },
  );

  it.each<CovarianceType>(['full', 'spherical'])(
    'streams points that may not stay on the device, with the same bits: %s',
    async (covarianceType) => {
      const points = matrix(normals(300 * 5, 1), 300, 5);
      const fit = async (residentBytes: number) => {
        // A budget of one multiply-add makes chunks of 64 rows.
        const context = new DeviceContext(device.context.device, {
          software: true,
          submitBudget: 1,
          residentBytes,
        });
        const session = await WebGpuGaussianMixtureSession.create(context, points, {
          components: 3,
          covarianceType,
          regCovar: 1e-6,
        });
        await session.initialize({ kind: 'random', seed: 1 });
        const steps = await session.step(3, 0);
        const result = { steps, labels: await session.readLabels(), end: await session.readParameters() };
        session.destroy();
        return result;
      };
      expect(await fit(0)).toEqual(await fit(Infinity));
    },
  );

  it('frees all its buffers, also when it could not be created', async () => {
    const points = matrix(normals(2 * 4096, 1), 2, 4096);
    const before = device.context.ledger.bytes;
    const tooLarge = { components: 2, covarianceType: 'full', regCovar: 1 } as const;
    await expect(WebGpuGaussianMixtureSession.create(device.context, points, tooLarge)).rejects.toThrow(
      UnsupportedError,
    );
    expect(device.context.ledger.bytes).toBe(before);
    const session = await WebGpuGaussianMixtureSession.create(device.context, points, {
      ...tooLarge,
      covarianceType: 'diag',
    });
    expect(device.context.ledger.bytes).toBeGreaterThan(before);
    session.destroy();
    expect(device.context.ledger.bytes).toBe(before);
  });

  it('needs new parameters after a singular covariance', async () => {
    const session = await WebGpuGaussianMixtureSession.create(
      device.context,
      matrix(Float32Array.of(0, 0, 5, 5), 4, 1),
      { components: 2, covarianceType: 'diag', regCovar: 0 },
    );
    const parameters = {
      weights: Float64Array.of(0.5, 0.5),
      means: Float64Array.of(0, 5),
      covariances: Float64Array.of(0.01, 0.01),
    };
    await session.writeParameters(parameters);
    await expect(session.step(3, 0)).rejects.toMatchObject({ code: 'SINGULAR_COVARIANCE', component: 0 });
    await expect(session.evaluate()).rejects.toMatchObject({ code: 'STATE' });
    await session.writeParameters(parameters);
    expect((await session.evaluate()).lowerBound).toBeGreaterThan(0);
    session.destroy();
  });

  it.each<CovarianceType>(['full', 'tied', 'diag', 'spherical'])(
    'rejects %s variances beyond the range of float32',
    async (covarianceType) => {
      const session = await WebGpuGaussianMixtureSession.create(
        device.context,
        matrix(
          normals(400, 1).map((value) => value * 1e20),
          200,
          2,
        ),
        { components: 2, covarianceType, regCovar: 1e-6 },
      );
      await expect(session.initialize({ kind: 'random', seed: 1 })).rejects.toMatchObject({
        code: 'SINGULAR_COVARIANCE',
      });
      session.destroy();
    },
  );

  it('rejects a running call with a StateError when it is destroyed', async () => {
    // One submit per dispatch, so that some come after the session is destroyed.
    const context = new DeviceContext(device.context.device, { software: true, submitBudget: 1 });
    const points = matrix(normals(4000, 1), 1000, 4);
    const session = await openGaussianMixture(engineDevice(context), points, {
      components: 2,
      covarianceType: 'full',
      regCovar: 1e-6,
    });
    await session.initialize({ kind: 'random', seed: 1 });
    const stepping = session.step(5, 0);
    await new Promise((resolve) => setTimeout(resolve, 1));
    session.destroy();
    await expect(stepping).rejects.toMatchObject({ name: 'StateError' });
    expect(context.ledger.count).toBe(0);
  });
});
