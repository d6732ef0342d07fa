import { readFileSync } from 'node:fs';
import { adjustedRandIndex, DataError, InvalidArgumentError, matrix, type ModelState } from '@shoal/core';
import { tensor2d } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusteringLoss } from '../src/embedded/clustering-loss.ts';
import { hardAssignments, softAssignments, targetDistribution } from '../src/embedded/soft-assignment.ts';
import {
  decPaper,
  EmbeddedClustering,
  EmbeddedClusteringModel,
  idecPaper,
  type EmbeddedClusteringOptions,
} from '../src/index.ts';
import { describeOnTensorBackends } from './describe-on-tensor-backends.ts';
import { expectClose } from './expect-close.ts';
import { stripes } from './stripes.ts';
import { openWasm, type TestBackend } from './tensor-backends.ts';

interface LossCase {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly code: number[];
  readonly centers: number[];
  readonly q: number[];
  readonly p: number[];
  readonly loss: number;
  readonly byCode: number[];
  readonly byCenters: number[];
}

const { cases } = JSON.parse(readFileSync(new URL('fixtures/embedded.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly LossCase[];
};

test.each(cases)('assignments and targets of $rows x $columns points are those of PyTorch', (expected) => {
  const code = matrix(Float32Array.from(expected.code), expected.rows, expected.columns);
  const q = softAssignments(code, Float32Array.from(expected.centers));
  expectClose(q, expected.q, 1e-6);
  expectClose(targetDistribution(q, expected.clusters).data, expected.p, 1e-6);
});

test('a point belongs to the first of its most likely clusters; an empty cluster has a target of 0', () => {
  const q = Float32Array.of(0.2, 0.4, 0.4, 0.7, 0.1, 0.2);
  expect([...hardAssignments(q, 3)]).toEqual([1, 0]);
  const { data } = targetDistribution(Float32Array.of(0.5, 0.5, 0, 1, 0, 0), 3);
  expect([...data].every(Number.isFinite)).toBe(true);
  expect(data[2]).toBe(0);
});

describeOnTensorBackends((opened) => {
  test.each(cases)('loss and gradients of $rows x $columns points are those of PyTorch', async (expected) => {
    const { rows, columns, clusters } = expected;
    const { total, byCode, byCenters } = opened().backend.run(() =>
      clusteringLoss(
        tensor2d(expected.code, [rows, columns]),
        tensor2d(expected.centers, [clusters, columns]),
        tensor2d(expected.p, [rows, clusters]),
      ),
    );
    expectClose([(await total.data())[0] / rows], [expected.loss], 1e-6);
    expectClose(await byCode.data(), expected.byCode, 1e-6);
    expectClose(await byCenters.data(), expected.byCenters, 1e-6);
  });
});

describe('EmbeddedClustering', () => {
  let opened: TestBackend;
  let options: EmbeddedClusteringOptions;
  beforeAll(async () => {
    opened = await openWasm();
    options = {
      objective: 'dec',
      clusters: 3,
      autoencoder: { layers: [8, 3], epochs: 15, batchSize: 32, learningRate: 0.01 },
      batchSize: 32,
      updateInterval: 5,
      maxIterations: 20,
      tolerance: 0,
      seed: 1,
      backend: opened.backend,
    };
  });
  afterAll(() => {
    opened.destroy();
  });

  const points = stripes(90, 12, 1);
  const kinds = Uint32Array.from({ length: 90 }, (_, i) => i % 3);

  test.each(['dec', 'idec'] as const)(
    '%s finds the kinds of rows, and survives being saved',
    async (objective) => {
      const phases = new Set<string>();
      const onProgress = ({ phase }: { readonly phase: string }) => phases.add(phase);
      const model = await new EmbeddedClustering({ ...options, objective }).fit(points, { onProgress });
      expect(adjustedRandIndex(kinds, model.labels)).toBe(1);
      expect(adjustedRandIndex(kinds, model.startLabels!)).toBeGreaterThan(0.9);
      expect(phases).toContain('training');
      expect(phases).toContain(objective);
      const { clusteringLoss: losses, reconstructionLoss, changed } = model.history;
      expect([losses.length, changed.length]).toEqual([4, 4]);
      expect(reconstructionLoss).toHaveLength(objective === 'idec' ? 4 : 0);
      expect([...losses, ...reconstructionLoss].every((loss) => loss > 0)).toBe(true);
      expect(model.clustering.iterations).toBe(20);

      const fresh = stripes(30, 12, 7);
      const labels = await model.predict(fresh);
      expect(labels).toEqual(model.labels.slice(0, 30));
      expect(await model.predict(points)).toEqual(model.labels);
      const loaded = EmbeddedClusteringModel.fromState(structuredClone(model.toState()), opened);
      expect(await loaded.predict(fresh)).toEqual(labels);
      expect(loaded.history).toEqual(model.history);
      loaded.destroy();
      model.destroy();
    },
  );

  test.each([
    ['dec', 'momentum'],
    ['idec', 'adam'],
  ] as const)(
    '%s by %s goes on after an interruption as if there had been none',
    async (objective, optimizer) => {
      const clustering = new EmbeddedClustering({ ...options, objective, optimizer, learningRate: 0.01 });
      const checkpoints: ModelState[] = [];
      const whole = await clustering.fit(points, {
        onCheckpoint: (state) => {
          checkpoints.push(structuredClone(state));
        },
      });
      // Of the autoencoder's epochs first.
      expect(checkpoints.map(({ type }) => type)).toEqual([
        ...Array<string>(15).fill('autoencoder-checkpoint'),
        ...Array<string>(5).fill('embedded-clustering-checkpoint'),
      ]);
      for (const resume of checkpoints) {
        const resumed = await clustering.fit(points, { resume });
        expect(resumed.toState()).toEqual(whole.toState());
        expect(resumed.startLabels).toEqual(whole.startLabels);
        resumed.destroy();
      }
      whole.destroy();

      const other = new EmbeddedClustering({ ...options, objective, optimizer, learningRate: 0.02 });
      await expect(other.fit(points, { resume: checkpoints.at(-2) })).rejects.toThrow(/learningRate 0.01/);
      await expect(clustering.fit(stripes(60, 12, 1), { resume: checkpoints.at(-2) })).rejects.toThrow(
        DataError,
      );
      await expect(clustering.fit(points, { resume: whole.toState() })).rejects.toThrow(DataError);
    },
  );

  test('ends when fewer points change than the tolerance', async () => {
    const model = await new EmbeddedClustering({ ...options, tolerance: 0.5 }).fit(points);
    expect(model.clustering).toMatchObject({ converged: true, iterations: 5, warnings: [] });
    model.destroy();
  });

  test('stops when it is aborted, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const onCheckpoint = () => {
      controller.abort(new Error('enough'));
    };
    const fit = new EmbeddedClustering(options).fit(points, { signal: controller.signal, onCheckpoint });
    await expect(fit).rejects.toThrow('enough');
  });

  test('reports that training diverges', async () => {
    const wild = { ...options, optimizer: 'momentum', learningRate: 1e30 } as const;
    await expect(new EmbeddedClustering(wild).fit(points)).rejects.toThrow(
      /diverged|not finite|too large|NaN/,
    );
  });

  test('refuses settings that are out of range, or have no effect', () => {
    const refused: readonly Partial<EmbeddedClusteringOptions>[] = [
      { objective: 'dcn' as 'dec' },
      { clusters: 0 },
      { gamma: 0.1 },
      { objective: 'idec', gamma: 0 },
      { optimizer: 'sgd' as 'adam' },
      { learningRate: 0 },
      { batchSize: 0 },
      { updateInterval: 0 },
      { maxIterations: 0 },
      { tolerance: -1 },
      { nInit: 0 },
      { seed: -1 },
    ];
    for (const changed of refused) {
      expect(() => new EmbeddedClustering({ ...options, ...changed })).toThrow(InvalidArgumentError);
    }
    expect(() => new EmbeddedClustering({ ...options, ...decPaper })).not.toThrow();
    expect(() => new EmbeddedClustering({ ...options, objective: 'idec', ...idecPaper })).not.toThrow();
  });
});
