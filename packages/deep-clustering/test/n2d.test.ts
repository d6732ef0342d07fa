import {
  adjustedRandIndex,
  createReferenceEngine,
  DataError,
  InvalidArgumentError,
  KMeans,
  matrix,
  ShapeError,
  type Engine,
  type Matrix,
  type ModelState,
  type Progress,
} from '@shoal/core';
import { BalancedCutModel, UmapClustering } from '@shoal/manifold';
import { afterAll, assert, beforeAll, describe, expect, test } from 'vitest';
import { Autoencoder, N2d, N2dModel, type N2dOptions, type TensorBackend } from '../src/index.ts';
import { expectClose } from './expect-close.ts';
import { stripes } from './stripes.ts';
import { openWasm, openWebGpu } from './tensor-backends.ts';

const points = stripes(90, 12, 1);
const kinds = Uint32Array.from({ length: 90 }, (_, i) => i % 3);
const settings = {
  autoencoder: { layers: [8, 3], epochs: 4, batchSize: 32, learningRate: 0.01 },
  umap: { dimensions: 2, neighbors: 8, epochs: 60 },
  clustering: { method: 'gmm', clusters: 3 },
  seed: 3,
} as const satisfies Partial<N2dOptions>;

async function findsKinds(place: {
  readonly backend: TensorBackend;
  readonly engine: Engine;
}): Promise<void> {
  const phases = new Set<string>();
  const model = await new N2d({ ...settings, ...place, members: 2 }).fit(points, {
    onProgress: ({ phase }) => phases.add(phase),
  });
  expect(adjustedRandIndex(kinds, model.labels)).toBe(1);
  expect([...phases]).toEqual(expect.arrayContaining(['training', 'neighbors', 'layout']));
  expect(await model.predict(points)).toEqual(model.labels);
  const fresh = stripes(30, 12, 7);
  const labels = await model.predict(fresh);
  expect(adjustedRandIndex(kinds.slice(0, 30), labels)).toBe(1);
  const loaded = N2dModel.fromState(structuredClone(model.toState()), place);
  expect(await loaded.predict(fresh)).toEqual(labels);
  expect(loaded.labels).toEqual(model.labels);
  loaded.destroy();
  model.destroy();
}

test('on webgpu it finds the kinds of rows, and survives being saved', async () => {
  const opened = await openWebGpu();
  try {
    await findsKinds(opened);
  } finally {
    opened.destroy();
  }
});

describe('on wasm', () => {
  const engine = createReferenceEngine();
  let backend: TensorBackend;
  let close: () => void;
  beforeAll(async () => {
    const opened = await openWasm();
    ({ backend } = opened);
    close = () => {
      opened.destroy();
    };
  });
  afterAll(() => {
    close();
  });
  const n2d = (options: Partial<N2dOptions> = {}) => new N2d({ ...settings, backend, engine, ...options });
  const apart = (code: Matrix) => {
    const { clustering, umap, seed } = settings;
    return new UmapClustering({ clustering, umap, seed, principalComponents: 0, engine }).fit(code);
  };

  test('finds the kinds of rows, and survives being saved', async () => {
    await findsKinds({ backend, engine });
  });

  test('with one autoencoder it is UMAP and a mixture of the code', async () => {
    const model = await n2d({ unitLength: false }).fit(points);
    const autoencoder = await new Autoencoder({ ...settings.autoencoder, seed: 3, backend }).fit(points);
    const { labels, embedding } = await apart((await autoencoder.encode(points)) as Matrix);
    expect(model.labels).toEqual(labels);
    expect(model.embedding).toEqual(embedding);
    autoencoder.destroy();
    model.destroy();
  });

  test('by default cuts clusters that are compact in the points, not in their code', async () => {
    const clustering = { method: 'cut', clusters: 3, maxIterations: 400, nInit: 4 } as const;
    const dispersion = async (compactIn?: Matrix) => {
      const model = await n2d({ clustering }).fit(points, { compactIn });
      expect(adjustedRandIndex(kinds, model.labels)).toBe(1);
      model.destroy();
      const { clustering: cut } = model.clustering;
      assert(cut instanceof BalancedCutModel);
      return cut.measures.dispersion;
    };
    const [within, all] = await Promise.all(
      [3, 1].map(async (clusters) => (await new KMeans({ clusters, nInit: 3 }).fit(points)).inertia),
    );
    expect(await dispersion()).toBeCloseTo(within / all, 5);
    expect(await dispersion(matrix(Float32Array.from(kinds), 90, 1))).toBeCloseTo(0, 10);
    await expect(dispersion(matrix(new Float32Array(89), 89, 1))).rejects.toThrow(ShapeError);
  });

  test('with several it searches codes of unit length side by side', async () => {
    const model = await n2d({ members: 3 }).fit(points);
    const [first, second] = model.autoencoders.map((autoencoder) => autoencoder.toState());
    expect(first.tensors['layer0.weights']).not.toEqual(second.tensors['layer0.weights']);
    const joined = new Float32Array(90 * 9);
    for (const [m, autoencoder] of model.autoencoders.entries()) {
      const { data } = (await autoencoder.encode(points)) as Matrix;
      for (let i = 0; i < 90; i++) {
        const row = [...data.subarray(3 * i, 3 * i + 3)];
        row.forEach((value, c) => (joined[9 * i + 3 * m + c] = value / Math.hypot(...row)));
      }
    }
    const searched = Object.entries(model.toState().tensors).find(([name]) => name.endsWith('umap/points'));
    expect(searched?.[1].shape).toEqual([90, 9]);
    expectClose(searched![1].data, [...joined], 1e-6);
    model.destroy();
  });

  test('reports the progress of all its trainings', async () => {
    const heard: Progress[] = [];
    const onProgress = (progress: Progress) => {
      if (progress.phase === 'training') heard.push(progress);
    };
    const model = await n2d({ members: 2 }).fit(points, { onProgress });
    const completed = heard.map((progress) => progress.completed);
    expect(completed).toEqual(completed.toSorted((a, b) => a - b));
    const message: unknown = expect.stringMatching(/^autoencoder 2 of 2, epoch 4 of 4/);
    expect(heard.at(-1)).toMatchObject({ completed: 720, total: 720, message });
    model.destroy();
  });

  test('goes on after an interruption of any of its trainings', async () => {
    const checkpoints: ModelState[] = [];
    const whole = await n2d({ members: 2 }).fit(points, {
      onCheckpoint: (state) => {
        checkpoints.push(structuredClone(state));
      },
    });
    expect(checkpoints).toHaveLength(8);
    for (const resume of checkpoints) {
      const resumed = await n2d({ members: 2 }).fit(points, { resume });
      expect(resumed.toState()).toEqual(whole.toState());
      resumed.destroy();
    }
    await expect(n2d().fit(points, { resume: checkpoints[1] })).rejects.toThrow(/made with 2 autoencoders/);
    await expect(n2d({ members: 2 }).fit(points, { resume: whole.toState() })).rejects.toThrow(DataError);
    whole.destroy();
  });

  test('refuses an invalid number of autoencoders', () => {
    for (const members of [0, 1.5, NaN]) expect(() => n2d({ members })).toThrow(InvalidArgumentError);
  });
});
