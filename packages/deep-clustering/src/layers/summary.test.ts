import { expect, test } from 'vitest';
import { networkShape } from './network-shape.ts';
import { resolveSettings } from '../autoencoder/options.ts';
import { convolutionalAutoencoder, reportAutoencoder } from '../autoencoder/presets.ts';
import { networkSummary } from './summary.ts';

test("the report's network is summarized as Keras does", () => {
  const shape = networkShape(resolveSettings(reportAutoencoder), 784);
  expect(networkSummary(shape)).toBe(`Model: "autoencoder"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 input (InputLayer)          [(None, 784)]             0
 encoder_1 (Dense)           (None, 128)               100480
 encoder_2 (Dense)           (None, 64)                8256
 code (Dense)                (None, 32)                2080
 decoder_1 (Dense)           (None, 64)                2112
 decoder_2 (Dense)           (None, 128)               8320
 decoder_3 (Dense)           (None, 784)               101136
=================================================================
Total params: 222,384
Trainable params: 222,384
Non-trainable params: 0
_________________________________________________________________

Model: "encoder"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 input (InputLayer)          [(None, 784)]             0
 encoder_1 (Dense)           (None, 128)               100480
 encoder_2 (Dense)           (None, 64)                8256
 code (Dense)                (None, 32)                2080
=================================================================
Total params: 110,816
Trainable params: 110,816
Non-trainable params: 0
_________________________________________________________________`);
});

test('convolutions and their transposes are summarized too', () => {
  const shape = networkShape(resolveSettings(convolutionalAutoencoder), 784);
  const layers = networkSummary(shape)
    .split('\n')
    .filter((line) => line.includes('Conv2D'));
  expect(layers.slice(0, 6)).toEqual([
    ' encoder_1 (Conv2D)          (None, 14, 14, 16)        416',
    ' encoder_2 (Conv2D)          (None, 7, 7, 32)          12832',
    ' encoder_3 (Conv2D)          (None, 4, 4, 64)          18496',
    ' decoder_2 (Conv2DTranspose) (None, 7, 7, 32)          18464',
    ' decoder_3 (Conv2DTranspose) (None, 14, 14, 16)        12816',
    ' decoder_4 (Conv2DTranspose) (None, 28, 28, 1)         401',
  ]);
});
