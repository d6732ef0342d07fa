import { parameterCount, type LayerShape, type NetworkShape } from './network-shape.ts';

const WIDTHS = [29, 26] as const;
const LINE = 65;

const KERAS_NAMES: Readonly<Record<LayerShape['kind'], string>> = {
  dense: 'Dense',
  convolution: 'Conv2D',
  'transposed-convolution': 'Conv2DTranspose',
};

/** The network and its encoder as Keras's `model.summary()` prints them. */
export function networkSummary({ layers, encoderDepth }: NetworkShape): string {
  return [
    table('autoencoder', layers, encoderDepth),
    table('encoder', layers.slice(0, encoderDepth), encoderDepth),
  ].join('\n\n');
}

function table(name: string, layers: readonly LayerShape[], encoderDepth: number): string {
  const count = layers.reduce((sum, layer) => sum + parameterCount(layer), 0).toLocaleString('en-US');
  return [
    `Model: "${name}"`,
    '_'.repeat(LINE),
    row('Layer (type)', 'Output Shape', 'Param #'),
    '='.repeat(LINE),
    row('input (InputLayer)', `[(None, ${layers[0].inputs})]`, '0'),
    ...layers.map((layer, l) =>
      row(
        `${layerName(l, encoderDepth)} (${KERAS_NAMES[layer.kind]})`,
        `(None, ${extentsOf(layer).join(', ')})`,
        String(parameterCount(layer)),
      ),
    ),
    '='.repeat(LINE),
    `Total params: ${count}`,
    `Trainable params: ${count}`,
    'Non-trainable params: 0',
    '_'.repeat(LINE),
  ].join('\n');
}

function extentsOf(layer: LayerShape): readonly number[] {
  if (layer.kind === 'dense') return [layer.units];
  const { height, width, channels } = layer.to;
  return [height, width, channels];
}

function layerName(index: number, encoderDepth: number): string {
  if (index === encoderDepth - 1) return 'code';
  return index < encoderDepth ? `encoder_${index + 1}` : `decoder_${index - encoderDepth + 1}`;
}

function row(layer: string, shape: string, parameters: string): string {
  return ` ${layer.padEnd(WIDTHS[0] - 1)}${shape.padEnd(WIDTHS[1])}${parameters}`;
}
