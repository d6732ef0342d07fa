import {
  add,
  mul,
  sigmoid,
  step,
  tensor,
  type Tensor,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { OutputActivation } from './activations.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { ConvolutionLayer } from './convolution-layer.ts';
import { DenseLayer } from './dense-layer.ts';
import type { Layer } from './layer.ts';
import type { LayerWeights, NetworkShape } from './network-shape.ts';

/** The values of a batch at each layer of the network. */
export interface ForwardPass {
  /** Input of each layer, (batch x its inputs). */
  readonly inputs: readonly Tensor2D[];
  /** Weighted sums of the last layer, before its activation: losses are written in terms of these. */
  readonly output: Tensor2D;
}

/** The gradient by the variable of this name. */
export interface NamedGradient {
  readonly name: string;
  readonly tensor: Tensor;
}

/**
 * A chain of layers on a tensor backend. Call its methods inside `TensorBackend.run`.
 *
 * The chain is short and fixed, so its layers compute gradients directly and no tape records them. This avoids the
 * unused product (the gradient by the input), and each product can have the order that suits the backend.
 */
export class Network {
  readonly #layers: readonly Layer[];
  readonly #outputActivation: OutputActivation;
  readonly #encoderDepth: number;
  readonly #backend: TensorBackend;

  constructor(shape: NetworkShape, weights: readonly LayerWeights[], backend: TensorBackend) {
    this.#outputActivation = shape.outputActivation;
    this.#encoderDepth = shape.encoderDepth;
    this.#backend = backend;
    this.#layers = shape.layers.map((layer, l) =>
      layer.kind === 'dense'
        ? new DenseLayer(layer, weights[l], backend.explicitTransposes)
        : new ConvolutionLayer(layer, weights[l]),
    );
  }

  /** All parameters, layer by layer: weights, bias, weights, bias ... */
  get parameters(): readonly Variable[] {
    return this.#layers.flatMap(({ weights, bias }) => [weights, bias]);
  }

  /** The code of each row of (batch x inputs) `x`. */
  encode(x: Tensor2D): Tensor2D {
    return this.#layers.slice(0, this.#encoderDepth).reduce((value, layer) => layer.apply(value), x);
  }

  /** The reconstruction of each row of (batch x inputs) `x`. */
  reconstruct(x: Tensor2D): Tensor2D {
    const sums = this.#layers.reduce((value, layer) => layer.apply(value), x);
    return this.#outputActivation === 'sigmoid' ? sigmoid(sums) : sums;
  }

  /**
   * The values that `backward` needs for (batch x inputs) `x`.
   *
   * @param alterCode makes the decoder's input from the code and the input of the code's layer; when absent, the input
   *   is the code
   */
  forward(x: Tensor2D, alterCode?: (code: Tensor2D, hidden: Tensor2D) => Tensor2D): ForwardPass {
    const inputs: Tensor2D[] = [];
    let value = x;
    this.#layers.forEach((layer, l) => {
      if (l === this.#encoderDepth && alterCode) value = alterCode(value, inputs[l - 1]);
      inputs.push(value);
      value = layer.apply(value);
    });
    return { inputs, output: value };
  }

  /** Number of layers, of the encoder and of all. */
  get depths(): { readonly encoder: number; readonly all: number } {
    return { encoder: this.#encoderDepth, all: this.#layers.length };
  }

  /** The decoder's input for a batch: its code. */
  codeOf({ inputs }: ForwardPass): Tensor2D {
    return inputs[this.#encoderDepth];
  }

  /**
   * Gradients of a loss by all parameters (backpropagation: Rumelhart, Hinton & Williams, Nature 323, 1986).
   *
   * @param pass what `forward` returned
   * @param outputGradient gradient of the loss by the output's weighted sums, batch x outputs
   * @param codeGradient gradient by the code of the other parts of the loss, batch x code
   * @returns gradients with the names of their variables, always in the same order, as optimizers need them
   */
  backward(pass: ForwardPass, outputGradient: Tensor2D, codeGradient?: Tensor2D): NamedGradient[] {
    const decoder = this.propagate(pass, this.#encoderDepth, this.#layers.length, outputGradient);
    const atCode: Tensor2D = codeGradient
      ? add(decoder.inputGradient!, codeGradient)
      : decoder.inputGradient!;
    return [...decoder.gradients, ...this.backwardFromCode(pass, atCode)];
  }

  /** Gradients of a loss of the code, by the encoder's parameters only; otherwise as in `backward`. */
  backwardFromCode(pass: ForwardPass, codeGradient: Tensor2D): NamedGradient[] {
    return this.propagate(pass, 0, this.#encoderDepth, codeGradient).gradients;
  }

  /**
   * Gradients by the parameters of the layers `first <= l < end`, from the gradient by the output of the last of them.
   * Also returns the gradient by the input of the first one, unless that is the network's own input and it is not
   * needed.
   */
  propagate(
    { inputs }: ForwardPass,
    first: number,
    end: number,
    outputGradient: Tensor2D,
    asksForInput = false,
  ): { readonly gradients: NamedGradient[]; readonly inputGradient: Tensor2D | undefined } {
    const gradients: NamedGradient[] = [];
    let inputGradient: Tensor2D | undefined = outputGradient;
    for (let l = end - 1; l >= first; l--) {
      const layer = this.#layers[l];
      const delta: Tensor2D =
        layer.activation === 'relu' ? mul(inputGradient, step(inputs[l + 1])) : inputGradient;
      gradients.push({ name: layer.weights.name, tensor: layer.byWeights(inputs[l], delta) });
      gradients.push({ name: layer.bias.name, tensor: layer.byBias(delta) });
      if (l === 0 && !asksForInput) return { gradients, inputGradient: undefined };
      inputGradient = layer.byInput(delta);
    }
    return { gradients, inputGradient };
  }

  /** Gives the parameters other values. */
  assign(values: readonly LayerWeights[]): void {
    this.#layers.forEach(({ weights, bias }, l) => {
      weights.assign(tensor(values[l].weights, weights.shape));
      bias.assign(tensor(values[l].bias, bias.shape));
    });
  }

  /** Copies the parameters to the host, as they were at the time of the call. */
  async readWeights(): Promise<readonly LayerWeights[]> {
    const values = await Promise.all(this.parameters.map((values) => this.#backend.read(values)));
    return this.#layers.map((_, l) => ({ weights: values[2 * l], bias: values[2 * l + 1] }));
  }

  dispose(): void {
    for (const parameter of this.parameters) parameter.dispose();
  }
}
