import { expect, test } from 'vitest';
import { networkShape } from './network-shape.ts';
import { resolveSettings } from './options.ts';
import { reportAutoencoder } from './presets.ts';
import { networkSummary } from './summary.ts';

test("the report's network is summarised as Keras does", () => {
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
