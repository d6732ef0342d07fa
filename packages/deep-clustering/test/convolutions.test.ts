import { readFileSync } from 'node:fs';
import { matrix } from '@shoal/core';
import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { resolveSettings, type AutoencoderSettings } from '../src/autoencoder/options.ts';
import { Autoencoder, AutoencoderModel } from '../src/index.ts';
import { describeOnTensorBackends } from './describe-on-tensor-backends.ts';
import { expectClose } from './expect-close.ts';
import { fixtureNetwork } from './fixture-network.ts';
import { openWasm } from './tensor-backends.ts';

/** A convolutional autoencoder, a batch of images, and the results of PyTorch. */
interface ConvolutionCase {
  readonly name: string;
  readonly image: readonly [height: number, width: number, channels: number];
  readonly layers: readonly (number | readonly [filters: number, kernel: number, stride: number])[];
  readonly x: readonly number[];
  readonly parameters: readonly (readonly number[])[];
  readonly sums: readonly number[];
  readonly lossValue: number;
  readonly gradients: readonly (readonly number[])[];
}

const fixture = JSON.parse(readFileSync(new URL('fixtures/convolutions.json', import.meta.url), 'utf8')) as {
  readonly rows: number;
  readonly cases: readonly ConvolutionCase[];
};

describeOnTensorBackends((opened) => {
  test.each(fixture.cases)(
    'convolutions, their transposes and gradients are those of PyTorch: $name',
    async (expected) => {
      const { backend } = opened();
      const [height, width, channels] = expected.image;
      const settings = {
        image: { height, width, channels },
        layers: expected.layers.map((layer) =>
          typeof layer === 'number' ? layer : { filters: layer[0], kernel: layer[1], stride: layer[2] },
        ),
        loss: 'binary-crossentropy',
      } as const;
      const columns = height * width * channels;
      const { network, loss } = fixtureNetwork(settings, columns, expected.parameters, backend);
      const { sums, total, gradients } = backend.run(() => {
        const x = tensor2d(expected.x as number[], [fixture.rows, columns]);
        const pass = network.forward(x);
        return {
          sums: pass.output,
          total: loss.total(pass.output, x),
          gradients: network.backward(pass, loss.gradient(pass.output, x)),
        };
      });

      expectClose(await sums.data(), expected.sums, 1e-5);
      const [lossSum] = await total.data();
      expect(lossSum / expected.x.length).toBeCloseTo(expected.lossValue, 5);
      for (const [i, parameter] of network.parameters.entries()) {
        const gradient = gradients.find(({ name }) => name === parameter.name)!;
        expect(gradient.tensor.shape).toEqual(parameter.shape);
        expectClose(await gradient.tensor.data(), expected.gradients[i], 2e-6);
      }
      network.dispose();
    },
  );
});

describe('a convolutional autoencoder', () => {
  const settings = {
    image: { height: 6, width: 5, channels: 2 },
    layers: [{ filters: 4, stride: 2 }, 8, 3],
    loss: 'binary-crossentropy',
    epochs: 20,
    batchSize: 16,
    learningRate: 0.01,
  } as const satisfies AutoencoderSettings;
  // Stripes of one of three kinds.
  const columns = 60;
  const images = matrix(
    Uint8Array.from({ length: 96 * columns }, (_, at) =>
      (at % columns) % ((Math.floor(at / columns) % 3) + 2) === 0 ? 255 : 0,
    ),
    96,
    columns,
    1 / 255,
  );

  test('learns, encodes, and comes back from its state', async () => {
    const opened = await openWasm();
    const { backend } = opened;
    const model = await new Autoencoder({ ...settings, backend, seed: 4 }).fit(images);
    expect(model.history.loss[19]).toBeLessThan(model.history.loss[0] / 2);
    const back = AutoencoderModel.fromState(model.toState(), backend);
    expect(await back.encode(images)).toEqual(await model.encode(images));
    expect(back.summary()).toBe(model.summary());
    const again = await new Autoencoder({ ...settings, backend, seed: 4 }).fit(images);
    expect(again.history).toEqual(model.history);
    for (const each of [model, back, again]) each.destroy();
    opened.destroy();
  });

  test('refuses points that are not such images, and a damaged state', async () => {
    const opened = await openWasm();
    const { backend } = opened;
    const image = { height: 6, width: 6 };
    await expect(new Autoencoder({ ...settings, image, backend }).fit(images)).rejects.toThrow(
      'Images of 6 x 6 with 1 channels have 36 columns, but the points have 60.',
    );
    const model = await new Autoencoder({ ...settings, epochs: 1, backend }).fit(images);
    const state = model.toState();
    for (const damage of [
      { layers: [{ filters: 4 }, 8, 3] },
      { layers: [{ filters: -1, kernel: 3, stride: 2 }, 8, 3] },
      { image: [6, 5] },
      { image: null },
    ]) {
      const damaged = { ...state, settings: { ...state.settings, ...damage } };
      expect(() => AutoencoderModel.fromState(damaged, backend)).toThrow(/damaged/);
    }
    model.destroy();
    opened.destroy();
  });

  test.each([
    [{ layers: [{ filters: 4 }] }, 'The last of the layers must be the width of the code'],
    [{ layers: [8, { filters: 4 }, 3] }, 'layers[1] is a convolution, but layers[0] before it is dense'],
    [{ layers: [{ filters: 0 }, 3] }, 'layers[0].filters must be a whole number'],
    [{ layers: [{ filters: 4, stride: 4 }, 3] }, 'layers[0].stride (4) exceeds its kernel (3)'],
    [{ layers: [{ filters: 4 }, 3], image: undefined }, 'set image, for example { height: 28, width: 28 }'],
    [{ layers: [{ filters: 4 }, 3], image: { height: 0, width: 5 } }, 'image.height must be a whole number'],
  ] satisfies [AutoencoderSettings, string][])('refuses %j', (wrong, message) => {
    expect(() => resolveSettings({ ...settings, ...wrong })).toThrow(message);
  });
});
