import {
  DataError,
  InvalidArgumentError,
  matrix,
  ShapeError,
  StateError,
  type Matrix,
  type ModelState,
  type Tensor,
} from '@shoal/core';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  Autoencoder,
  AutoencoderModel,
  type AutoencoderFitOptions,
  type AutoencoderOptions,
  type TensorBackend,
} from '../src/index.ts';
import { stripes } from './stripes.ts';
import { openWasm, type TestBackend } from './tensor-backends.ts';

let opened: TestBackend;
let backend: TensorBackend;
beforeAll(async () => {
  opened = await openWasm();
  backend = opened.backend;
});
afterAll(() => {
  opened.destroy();
});

const points = stripes(120, 12, 1);
const validation = stripes(40, 12, 2);
const small = { layers: [8, 3], epochs: 6, batchSize: 32, learningRate: 0.02 } as const;
const autoencoder = (options: Partial<AutoencoderOptions> = {}) =>
  new Autoencoder({ ...small, backend, ...options });

type Slots = { -readonly [Key in keyof Tensor]: Tensor[Key] }[];

describe('fit', () => {
  test.each([
    { loss: 'mse' },
    { loss: 'binary-crossentropy', noise: 0.2 },
    { loss: 'mse', outputActivation: 'linear' },
  ] as const)('brings training and validation loss down: %o', async (settings) => {
    const { history } = await autoencoder({ ...settings, epochs: 15 }).fit(points, { validation });
    expect(history.loss).toHaveLength(15);
    expect(history.validationLoss).toHaveLength(15);
    expect(history.loss[14]).toBeLessThan(0.9 * history.loss[0]);
    expect(history.validationLoss[14]).toBeLessThan(0.9 * history.validationLoss[0]);
  });

  test('gives the same weights bit for bit for a seed, and others for another', async () => {
    const fitted = async (seed: number) =>
      (await autoencoder({ seed, noise: 0.3 }).fit(points)).toState().tensors['layer0.weights'].data;
    const first = await fitted(5);
    expect(await fitted(5)).toEqual(first);
    expect(await fitted(6)).not.toEqual(first);
  });

  test.each([
    ['plain', {}, undefined],
    ['with noise and validation', { noise: 0.2 }, validation],
    ['until patience runs out', { learningRate: 0.5, epochs: 60, patience: 2 }, validation],
  ])('goes on after an interruption as if there had been none: %s', async (_, settings, watched) => {
    const fit = async (options: AutoencoderFitOptions, more: Partial<AutoencoderOptions> = {}) => {
      const model = await autoencoder({ ...settings, ...more }).fit(points, {
        validation: watched,
        ...options,
      });
      model.destroy();
      return model.toState();
    };
    const checkpoints: ModelState[] = [];
    const whole = await fit({
      onCheckpoint: (state) => {
        checkpoints.push(structuredClone(state));
      },
    });
    expect(checkpoints.length).toBeGreaterThan(2);
    expect(await fit({})).toEqual(whole);
    for (const resume of checkpoints) expect(await fit({ resume })).toEqual(whole);
    const short = { epochs: 2 };
    await expect(fit({ resume: checkpoints[2] }, short)).rejects.toThrow('made after 3 epochs, but only 2');
  });

  test('can go on for more epochs than first planned', async () => {
    let last: ModelState | undefined;
    const onCheckpoint = (state: ModelState) => {
      last = state;
    };
    await autoencoder({ epochs: 3 }).fit(points, { onCheckpoint });
    const longer = await autoencoder({ epochs: 5 }).fit(points, { resume: last });
    expect(longer.toState()).toEqual((await autoencoder({ epochs: 5 }).fit(points)).toState());
  });

  test('goes on only with its own training', async () => {
    const checkpoints: ModelState[] = [];
    const model = await autoencoder().fit(points, {
      onCheckpoint: (state) => {
        checkpoints.push(state);
      },
    });
    const [resume] = checkpoints;
    const resumed = (options: Partial<AutoencoderOptions>) => autoencoder(options).fit(points, { resume });
    await expect(resumed({ seed: 1 })).rejects.toThrow(/made with seed 0, but it is now 1/);
    await expect(resumed({ noise: 0.1 })).rejects.toThrow(/noise 0/);
    await expect(resumed({ patience: 1 })).rejects.toThrow(InvalidArgumentError);
    await expect(resumed({ layers: [7, 3] })).rejects.toThrow(/other layers/);
    await expect(resumed({ hiddenActivation: 'linear' })).rejects.toThrow(/other layers/);
    await expect(autoencoder().fit(validation, { resume })).rejects.toThrow(/120 x 12 points/);
    await expect(autoencoder().fit(points, { resume: model.toState() })).rejects.toThrow(DataError);
  });

  test.each([
    ['a slot cut off', (slots: Slots) => (slots[1].data = slots[1].data.slice(1))],
    ['a slot of NaN', (slots: Slots) => (slots[3].data = new Float32Array(slots[3].data.length).fill(NaN))],
    ['slots of other parameters', (slots: Slots) => ([slots[1], slots[3]] = [slots[3], slots[1]])],
    ['a slot too few', (slots: Slots) => slots.pop()],
    ['an invalid number of steps', (slots: Slots) => (slots[0].data = new Int32Array([-1]))],
  ])('refuses a checkpoint with %s', async (_, damage) => {
    let last: ModelState | undefined;
    const model = await autoencoder().fit(points, {
      onCheckpoint: (state) => {
        last = structuredClone(state);
      },
    });
    model.destroy();
    const { tensors, ...rest } = last!;
    const isSlot = (name: string) => name.includes('optimizer');
    const slots = Object.entries(tensors).flatMap(([name, tensor]) => (isSlot(name) ? [{ ...tensor }] : []));
    damage(slots);
    const others = Object.entries(tensors).filter(([name]) => !isSlot(name));
    const named = slots.map((slot, i): [string, Tensor] => [`training/optimizer${i}`, slot]);
    const resume = { ...rest, tensors: Object.fromEntries([...others, ...named]) };
    await expect(autoencoder({ epochs: 9 }).fit(points, { resume })).rejects.toThrow(DataError);
  });

  test('two fits that take turns do not affect each other', async () => {
    const alone = await autoencoder({ seed: 1 }).fit(points);
    const [one, two] = await Promise.all([
      autoencoder({ seed: 1 }).fit(points),
      autoencoder({ seed: 2 }).fit(points),
    ]);
    expect(one.toState()).toEqual(alone.toState());
    expect(two.toState()).not.toEqual(alone.toState());
  });

  test('reads bytes by their scale', async () => {
    const bytes = Uint8Array.from(points.data, (value) => Math.round(255 * value));
    const floats = Float32Array.from(bytes, (value) => value / 255);
    const fromBytes = await autoencoder().fit(matrix(bytes, 120, 12, 1 / 255));
    const fromFloats = await autoencoder().fit(matrix(floats, 120, 12));
    expect(fromBytes.history.loss[5]).toBeCloseTo(fromFloats.history.loss[5], 5);
  });

  test('stops early and returns to the weights of the lowest validation loss', async () => {
    // With a far too large learning rate the network gets worse again and again.
    const { history, ...model } = await fitWith({ learningRate: 0.5, epochs: 60, patience: 2 });
    const lowest = Math.min(...history.validationLoss);
    expect(history.validationLoss.length).toBeLessThan(60);
    expect(history.validationLoss.indexOf(lowest)).toBe(history.validationLoss.length - 3);
    expect(meanSquaredError(model.reconstruction, validation)).toBeCloseTo(lowest, 6);
  });

  test('reports progress in points over all epochs', async () => {
    const seen: number[] = [];
    await autoencoder().fit(points, {
      onProgress: ({ phase, completed, total }) => {
        expect(phase).toBe('training');
        expect(total).toBe(6 * 120);
        seen.push(completed);
      },
    });
    expect(seen.slice(0, 5)).toEqual([32, 64, 96, 120, 152]);
    expect(seen.at(-1)).toBe(6 * 120);
  });

  test('stops at a signal, with its reason, and frees its tensors', async () => {
    const before = memory().numTensors;
    const controller = new AbortController();
    const fit = autoencoder({ epochs: 1000, noise: 0.1 }).fit(points, {
      signal: controller.signal,
      onProgress: ({ completed }) => {
        if (completed === 240) controller.abort(new Error('enough'));
      },
    });
    await expect(fit).rejects.toThrow('enough');
    expect(memory().numTensors).toBe(before);
  });

  test('a fit of few points can also be aborted from outside', async () => {
    const controller = new AbortController();
    const fit = autoencoder({ epochs: 2000 }).fit(stripes(3, 12, 1), { signal: controller.signal });
    setTimeout(() => {
      controller.abort(new Error('enough'));
    });
    await expect(fit).rejects.toThrow('enough');
  });

  test('leaves nothing behind once its model is destroyed', async () => {
    const before = memory().numTensors;
    const model = await autoencoder({ noise: 0.1, patience: 3 }).fit(points, { validation });
    await model.encode(points);
    model.destroy();
    model.destroy();
    expect(memory().numTensors).toBe(before);
    {
      using scoped = await autoencoder().fit(points);
      expect(scoped.columns).toBe(points.columns);
    }
    expect(memory().numTensors).toBe(before);
    await expect(model.encode(points)).rejects.toThrow(StateError);
  });

  test('refuses what it cannot learn from', async () => {
    const wide = matrix(new Float32Array(24).fill(2), 2, 12);
    await expect(autoencoder().fit(wide)).rejects.toThrow(/row 0, column 0 is 2.*scale the points/);
    await expect(autoencoder({ outputActivation: 'linear' }).fit(wide)).resolves.toBeDefined();
    const holes = matrix(Float32Array.of(0, 1, NaN, 0), 2, 2);
    await expect(autoencoder().fit(holes)).rejects.toThrow(DataError);
    await expect(autoencoder().fit(points, { validation: holes })).rejects.toThrow(DataError);
    await expect(autoencoder().fit(points, { validation: stripes(4, 5, 1) })).rejects.toThrow(ShapeError);
    await expect(autoencoder({ patience: 1 }).fit(points)).rejects.toThrow(InvalidArgumentError);
    await expect(autoencoder({ outputActivation: 'linear', learningRate: 1e30 }).fit(points)).rejects.toThrow(
      /diverged/,
    );
  });

  test('refuses to hand out a network whose loss or weights are not numbers', async () => {
    const linear = { outputActivation: 'linear', epochs: 1 } as const;
    // The only step makes the weights too large for float32, after its loss was computed.
    const oneStep = autoencoder({ ...linear, batchSize: 120, learningRate: 1e300 });
    await expect(oneStep.fit(points)).rejects.toThrow(/diverged.*weights/);
    const huge = matrix(new Float32Array(12).fill(3e38), 1, 12);
    await expect(autoencoder(linear).fit(points, { validation: huge })).rejects.toThrow(
      /validation loss of epoch 1 is Infinity/,
    );
  });
});

test.each([
  { layers: [] },
  { layers: [4, 0] },
  { epochs: 0 },
  { batchSize: 1.5 },
  { learningRate: 0 },
  { noise: -1 },
  { patience: 0 },
  { seed: -1 },
  { loss: 'binary-crossentropy', outputActivation: 'linear' },
] as const)('refuses the settings %o', (settings) => {
  expect(() => autoencoder(settings)).toThrow(InvalidArgumentError);
});

describe('a model', () => {
  test('encodes, reconstructs, and comes back from its state bit for bit', async () => {
    const model = await autoencoder().fit(points, { validation });
    const code = await model.encode(points);
    const reconstruction = await model.reconstruct(points);
    expect([code.rows, code.columns]).toEqual([120, 3]);
    expect([reconstruction.rows, reconstruction.columns]).toEqual([120, 12]);

    const state = structuredClone(model.toState());
    const loaded = AutoencoderModel.fromState(state, backend);
    expect(await loaded.encode(points)).toEqual(code);
    expect(await loaded.reconstruct(points)).toEqual(reconstruction);
    expect(loaded.history).toEqual(model.history);
    expect(loaded.toState()).toEqual(state);
  });

  test('treats rows the same for any number of rows', async () => {
    const model = await autoencoder().fit(points);
    const many = matrix(
      Float32Array.from({ length: 2050 * 12 }, (_, i) => points.data[i % 12]),
      2050,
      12,
    );
    const code = (await model.encode(many)) as Matrix;
    expect(code.data.slice(3 * 2049)).toEqual(code.data.slice(0, 3));
  });

  test('refuses points and states that do not belong to it', async () => {
    const model = await autoencoder().fit(points);
    await expect(model.encode(stripes(4, 5, 1))).rejects.toThrow(ShapeError);
    const state = model.toState();
    const tensors = { ...state.tensors };
    delete tensors['layer1.bias'];
    expect(() => AutoencoderModel.fromState({ ...state, tensors }, backend)).toThrow(/layer1\.bias/);
    expect(() => AutoencoderModel.fromState({ ...state, type: 'kmeans' }, backend)).toThrow(DataError);
    const settings = { ...state.settings, codeActivation: 'tanh' };
    expect(() => AutoencoderModel.fromState({ ...state, settings }, backend)).toThrow(/codeActivation/);
    for (const damage of [{ columns: -1 }, { layers: [8, 1.5] }, { layers: [] }, { loss: ['low'] }]) {
      const damaged = { ...state, settings: { ...state.settings, ...damage } };
      expect(() => AutoencoderModel.fromState(damaged, backend)).toThrow(DataError);
    }
  });
});

async function fitWith(settings: Partial<AutoencoderOptions>) {
  const model = await autoencoder(settings).fit(points, { validation });
  return { history: model.history, reconstruction: (await model.reconstruct(validation)) as Matrix };
}

function meanSquaredError(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i] - b.data[i]) ** 2;
  return sum / a.data.length;
}
