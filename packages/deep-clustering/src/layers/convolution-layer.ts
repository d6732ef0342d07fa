import {
  add,
  relu,
  reshape,
  tensor1d,
  tensor4d,
  variable,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { HiddenActivation } from './activations.ts';
import { columnSums } from './column-sums.ts';
import { Convolution } from './convolution.ts';
import type { Layer } from './layer.ts';
import { weightsShape, type ConvolutionShape, type LayerWeights } from './network-shape.ts';

/**
 * A convolution with a bias for each channel, or its transpose: the rows of one are computed like the gradients of the
 * other.
 */
export class ConvolutionLayer implements Layer {
  /** kernel x kernel x channels of the larger image x channels of the smaller. */
  readonly weights: Variable;
  /** One value for each output channel. */
  readonly bias: Variable;
  readonly activation: HiddenActivation;
  readonly #convolution: Convolution;
  readonly #transposed: boolean;

  constructor(shape: ConvolutionShape, { weights, bias }: LayerWeights) {
    const { kind, from, to, kernel, stride, activation } = shape;
    this.weights = variable(tensor4d(weights, weightsShape(shape) as [number, number, number, number]));
    this.bias = variable(tensor1d(bias));
    this.activation = activation;
    this.#transposed = kind === 'transposed-convolution';
    const [large, small] = this.#transposed ? [to, from] : [from, to];
    this.#convolution = new Convolution({ large, small, kernel, stride });
  }

  apply(x: Tensor2D): Tensor2D {
    const sums = this.#transposed
      ? this.#convolution.scatter(x, this.#filters)
      : this.#convolution.gather(x, this.#filters);
    const shifted: Tensor2D = reshape(add(this.#byChannel(sums), this.bias), sums.shape);
    return this.activation === 'relu' ? relu(shifted) : shifted;
  }

  byWeights(x: Tensor2D, delta: Tensor2D): Tensor {
    return this.#transposed ? this.#convolution.byFilters(delta, x) : this.#convolution.byFilters(x, delta);
  }

  byBias(delta: Tensor2D): Tensor {
    return reshape(columnSums(this.#byChannel(delta)), this.bias.shape);
  }

  byInput(delta: Tensor2D): Tensor2D {
    return this.#transposed
      ? this.#convolution.gather(delta, this.#filters)
      : this.#convolution.scatter(delta, this.#filters);
  }

  get #filters(): Tensor4D {
    return this.weights as unknown as Tensor4D;
  }

  /** (batch x pixels) x channels. */
  #byChannel(rows: Tensor2D): Tensor2D {
    return reshape(rows, [-1, this.bias.size]);
  }
}
