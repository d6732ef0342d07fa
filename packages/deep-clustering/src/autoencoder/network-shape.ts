import type { HiddenActivation, OutputActivation, ResolvedSettings } from './options.ts';

/** One dense layer: how many values go in and come out. */
export interface LayerShape {
  readonly inputs: number;
  readonly units: number;
  /** Of hidden layers and the code; the output's own activation is the network's. */
  readonly activation: HiddenActivation;
}

/** The whole chain, encoder first. */
export interface NetworkShape {
  readonly layers: readonly LayerShape[];
  /** How many of the layers make the code. */
  readonly encoderDepth: number;
  readonly outputActivation: OutputActivation;
}

/** Parameters of a layer, in host memory. */
export interface LayerWeights {
  /** inputs x units, row-major. */
  readonly weights: Float32Array;
  /** units values. */
  readonly bias: Float32Array;
}

/** The autoencoder for data of `columns` columns: the encoder's layers and their mirror image. */
export function networkShape(settings: ResolvedSettings, columns: number): NetworkShape {
  const { layers: encoder, codeActivation, hiddenActivation, outputActivation } = settings;
  const widths = [columns, ...encoder, ...encoder.slice(0, -1).reverse(), columns];
  const encoderDepth = encoder.length;
  const layers = widths.slice(1).map((units, l): LayerShape => {
    const inputs = widths[l];
    if (l === widths.length - 2) return { inputs, units, activation: 'linear' };
    return { inputs, units, activation: l === encoderDepth - 1 ? codeActivation : hiddenActivation };
  });
  return { layers, encoderDepth, outputActivation };
}

/** Number of trainable values: one weight per input and unit, one bias per unit. */
export function parameterCount({ inputs, units }: LayerShape): number {
  return (inputs + 1) * units;
}
