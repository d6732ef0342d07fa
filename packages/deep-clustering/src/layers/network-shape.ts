import type { HiddenActivation, OutputActivation } from './activations.ts';
import { requireImageColumns, volumeOf, type ImageShape, type ResolvedLayer } from './layer-settings.ts';

/** Numbers of input and output values of a layer. */
interface LayerSize {
  readonly inputs: number;
  readonly units: number;
  /** The activation of a hidden layer or the code; that of the output is a setting of the network. */
  readonly activation: HiddenActivation;
}

export interface DenseShape extends LayerSize {
  readonly kind: 'dense';
}

/** A convolution, or the transpose of one, which goes from its small image back to its large one. */
export interface ConvolutionShape extends LayerSize {
  readonly kind: 'convolution' | 'transposed-convolution';
  readonly from: ImageShape;
  readonly to: ImageShape;
  readonly kernel: number;
  readonly stride: number;
}

export type LayerShape = DenseShape | ConvolutionShape;

/** The whole chain, encoder first. */
export interface NetworkShape {
  readonly layers: readonly LayerShape[];
  /** The number of layers of the encoder. */
  readonly encoderDepth: number;
  readonly outputActivation: OutputActivation;
}

/** The settings that define a network. */
export interface NetworkSettings {
  readonly layers: readonly ResolvedLayer[];
  readonly image: ImageShape | undefined;
  readonly codeActivation: HiddenActivation;
  readonly hiddenActivation: HiddenActivation;
  readonly outputActivation: OutputActivation;
}

/** Parameters of a layer, in host memory. */
export interface LayerWeights {
  /** Shaped as `weightsShape` says, row-major. */
  readonly weights: Float32Array;
  /** One for each unit, or each output channel. */
  readonly bias: Float32Array;
}

/**
 * The autoencoder for data of `columns` columns: the encoder's layers and their mirror image.
 *
 * @throws {ShapeError} when there are convolutions and the number of columns is not that of the image
 */
export function networkShape(settings: NetworkSettings, columns: number): NetworkShape {
  const { codeActivation, hiddenActivation, outputActivation } = settings;
  const encoder = encoderShapes(settings, columns);
  const encoderDepth = encoder.length;
  const chain = [...encoder, ...encoder.toReversed().map(mirrored)];
  const layers = chain.map((layer, l): LayerShape => {
    if (l === chain.length - 1) return { ...layer, activation: 'linear' };
    return { ...layer, activation: l === encoderDepth - 1 ? codeActivation : hiddenActivation };
  });
  return { layers, encoderDepth, outputActivation };
}

function encoderShapes({ layers, image, hiddenActivation }: NetworkSettings, columns: number): LayerShape[] {
  const activation = hiddenActivation;
  const shapes: LayerShape[] = [];
  let inputs = columns;
  let from = image;
  for (const layer of layers) {
    if (typeof layer === 'number') {
      shapes.push({ kind: 'dense', inputs, units: layer, activation });
    } else {
      // Settings with a convolution always have an image.
      if (shapes.length === 0) requireImageColumns(from!, columns);
      const to = convolved(from!, layer);
      const { kernel, stride } = layer;
      shapes.push({
        kind: 'convolution',
        from: from!,
        to,
        kernel,
        stride,
        inputs,
        units: volumeOf(to),
        activation,
      });
      from = to;
    }
    inputs = shapes[shapes.length - 1].units;
  }
  return shapes;
}

function convolved(
  { height, width }: ImageShape,
  { filters, stride }: Exclude<ResolvedLayer, number>,
): ImageShape {
  return { height: Math.ceil(height / stride), width: Math.ceil(width / stride), channels: filters };
}

function mirrored(layer: LayerShape): LayerShape {
  const sizes = { inputs: layer.units, units: layer.inputs };
  if (layer.kind === 'dense') return { ...layer, ...sizes };
  return { ...layer, ...sizes, kind: 'transposed-convolution', from: layer.to, to: layer.from };
}

/**
 * Extents of a layer's weights: inputs x units, or kernel x kernel x channels of the larger image x channels of the smaller one,
 * which is Keras's order for both kinds of convolution.
 */
export function weightsShape(layer: LayerShape): readonly number[] {
  if (layer.kind === 'dense') return [layer.inputs, layer.units];
  const { kernel, from, to } = layer;
  const [large, small] = layer.kind === 'convolution' ? [from, to] : [to, from];
  return [kernel, kernel, large.channels, small.channels];
}

/** One bias for each unit, or each output channel. */
export function biasLength(layer: LayerShape): number {
  return layer.kind === 'dense' ? layer.units : layer.to.channels;
}

/** Number of trainable values. */
export function parameterCount(layer: LayerShape): number {
  return weightCount(layer) + biasLength(layer);
}

export function weightCount(layer: LayerShape): number {
  return weightsShape(layer).reduce((product, extent) => product * extent, 1);
}
