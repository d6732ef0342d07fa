import { readFileSync } from 'node:fs';
import { adjustedRandIndex, DataError, InvalidArgumentError, type ModelState } from '@shoal/core';
import { tensor2d } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Vade, VadeModel, vadePaper, type VadeOptions } from '../src/index.ts';
import { variationalLoss } from '../src/vade/variational-loss.ts';
import { describeOnTensorBackends } from './describe-on-tensor-backends.ts';
import { expectClose } from './expect-close.ts';
import { stripes } from './stripes.ts';
import { openWasm, type TestBackend } from './tensor-backends.ts';

type Values = Readonly<
  Record<'mean' | 'logVariance' | 'sample' | 'logits' | 'means' | 'logVariances', number[]>
>;

interface LossCase {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly values: Values;
  readonly loss: number;
  readonly gradients: Values;
}

const { cases } = JSON.parse(readFileSync(new URL('fixtures/vade.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly LossCase[];
};

describeOnTensorBackends((opened) => {
  test.each(cases)('loss and gradients of $rows x $columns codes are those of PyTorch', async (expected) => {
    const { rows, columns, clusters, values, gradients } = expected;
    const loss = opened().backend.run(() =>
      variationalLoss(
        {
          mean: tensor2d(values.mean, [rows, columns]),
          logVariance: tensor2d(values.logVariance, [rows, columns]),
          sample: tensor2d(values.sample, [rows, columns]),
        },
        {
          logits: tensor2d(values.logits, [1, clusters]),
          means: tensor2d(values.means, [clusters, columns]),
          logVariances: tensor2d(values.logVariances, [clusters, columns]),
        },
      ),
    );
    expectClose([(await loss.total.data())[0] / rows], [expected.loss], 5e-6);
    expectClose(await loss.byMean.data(), gradients.mean, 5e-6);
    expectClose(await loss.byLogVariance.data(), gradients.logVariance, 5e-6);
    expectClose(await loss.bySample.data(), gradients.sample, 5e-6);
    expectClose(await loss.byMixture.logits.data(), gradients.logits, 5e-6);
    expectClose(await loss.byMixture.means.data(), gradients.means, 5e-6);
    expectClose(await loss.byMixture.logVariances.data(), gradients.logVariances, 5e-6);
  });
});

describe('Vade', () => {
  let opened: TestBackend;
  let options: VadeOptions;
  beforeAll(async () => {
    opened = await openWasm();
    options = {
      clusters: 3,
      autoencoder: { layers: [8, 3], epochs: 15, batchSize: 32, learningRate: 0.01 },
      epochs: 4,
      batchSize: 32,
      learningRate: 3e-3,
      decayEpochs: 2,
      seed: 1,
      backend: opened.backend,
    };
  });
  afterAll(() => {
    opened.destroy();
  });

  const points = stripes(90, 12, 1);
  const kinds = Uint32Array.from({ length: 90 }, (_, i) => i % 3);

  test('finds the kinds of rows, and survives being saved', async () => {
    const phases = new Set<string>();
    const onProgress = ({ phase }: { readonly phase: string }) => phases.add(phase);
    const model = await new Vade(options).fit(points, { onProgress });
    expect(adjustedRandIndex(kinds, model.labels)).toBe(1);
    expect(adjustedRandIndex(kinds, model.startLabels!)).toBeGreaterThan(0.9);
    expect(phases).toContain('training');
    expect(phases).toContain('vade');
    const { reconstructionLoss, divergence } = model.history;
    expect([reconstructionLoss.length, divergence.length]).toEqual([4, 4]);
    const losses = reconstructionLoss.map((loss, epoch) => loss + divergence[epoch]);
    expect(losses[3]).toBeLessThan(losses[0]);

    const fresh = stripes(30, 12, 7);
    const labels = await model.predict(fresh);
    expect(labels).toEqual(model.labels.slice(0, 30));
    expect(await model.predict(points)).toEqual(model.labels);
    const { data } = await model.predictProba(fresh);
    labels.forEach((label, i) => {
      expect(data[3 * i + label]).toBeGreaterThan(0.5);
    });
    const loaded = VadeModel.fromState(structuredClone(model.toState()), opened);
    expect(await loaded.predict(fresh)).toEqual(labels);
    expect(loaded.history).toEqual(model.history);
    loaded.destroy();
    model.destroy();
  });

  test('goes on after an interruption as if there had been none', async () => {
    const vade = new Vade(options);
    const checkpoints: ModelState[] = [];
    const whole = await vade.fit(points, {
      onCheckpoint: (state) => {
        checkpoints.push(structuredClone(state));
      },
    });
    // Of the autoencoder's epochs first.
    expect(checkpoints.map(({ type }) => type)).toEqual([
      ...Array<string>(15).fill('autoencoder-checkpoint'),
      ...Array<string>(5).fill('vade-checkpoint'),
    ]);
    for (const resume of checkpoints) {
      const resumed = await vade.fit(points, { resume });
      expect(resumed.toState()).toEqual(whole.toState());
      expect(resumed.startLabels).toEqual(whole.startLabels);
      resumed.destroy();
    }
    whole.destroy();
    const other = new Vade({ ...options, decay: 0.5 });
    await expect(other.fit(points, { resume: checkpoints.at(-2) })).rejects.toThrow(/decay 0.9/);
    await expect(vade.fit(stripes(60, 12, 1), { resume: checkpoints.at(-2) })).rejects.toThrow(DataError);
    await expect(vade.fit(points, { resume: whole.toState() })).rejects.toThrow(DataError);
  });

  test('trains a network of a single layer in each direction', async () => {
    const autoencoder = { ...options.autoencoder, layers: [3] };
    const model = await new Vade({ ...options, autoencoder }).fit(points);
    expect(adjustedRandIndex(kinds, model.labels)).toBeGreaterThan(0.9);
    model.destroy();
  });

  test('stops when it is aborted', async () => {
    const controller = new AbortController();
    const onCheckpoint = () => {
      controller.abort(new Error('enough'));
    };
    const fit = new Vade(options).fit(points, { signal: controller.signal, onCheckpoint });
    await expect(fit).rejects.toThrow('enough');
  });

  test('refuses settings that are out of range', () => {
    const refused: readonly Partial<VadeOptions>[] = [
      { clusters: 0 },
      { epochs: 0 },
      { batchSize: 0 },
      { learningRate: 0 },
      { decay: 0 },
      { decay: 1.5 },
      { decayEpochs: 0 },
      { leastLearningRate: 0 },
      { nInit: 0 },
      { seed: -1 },
      { autoencoder: { codeActivation: 'relu' } },
    ];
    for (const changed of refused) {
      expect(() => new Vade({ ...options, ...changed })).toThrow(InvalidArgumentError);
    }
    expect(() => new Vade({ ...options, ...vadePaper })).not.toThrow();
  });
});
