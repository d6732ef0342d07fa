import {
  add,
  exp,
  mul,
  tensor2d,
  variable,
  type Scalar,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { Network, type ForwardPass, type NamedGradient } from '../layers/network.ts';
import type { LayerWeights, NetworkShape } from '../layers/network-shape.ts';
import type { LossFunction } from '../autoencoder/reconstruction-loss.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { variationalLoss, type MixtureTensors } from './variational-loss.ts';

/** All trained parameters, in host memory. */
export interface VadeWeights {
  /** The autoencoder, whose code is the mean. */
  readonly layers: readonly LayerWeights[];
  /** The layer for the log-variances, beside the layer of the code. */
  readonly logVariance: LayerWeights;
  /** Logits of the mixture's weights, K values. */
  readonly logits: Float32Array;
  /** K x d. */
  readonly means: Float32Array;
  /** ln of the variances, K x d. */
  readonly logVariances: Float32Array;
}

/** Losses of a batch: sums over its points. */
export interface VadeLosses {
  readonly reconstruction: Scalar;
  readonly divergence: Scalar;
}

/** A draw from the codes of a batch. */
interface Drawn {
  readonly mean: Tensor2D;
  readonly headPass: ForwardPass;
  /** The difference from the mean. */
  readonly deviation: Tensor2D;
  readonly sample: Tensor2D;
}

/** An autoencoder whose code is drawn from a Gaussian, and the mixture that should describe the codes. */
export class VariationalNetwork {
  readonly network: Network;
  readonly #head: Network;
  readonly #mixture: Readonly<Record<keyof MixtureTensors, Variable>>;
  readonly #reconstruction: LossFunction;
  readonly #backend: TensorBackend;

  constructor(
    shape: NetworkShape,
    weights: VadeWeights,
    reconstruction: LossFunction,
    backend: TensorBackend,
  ) {
    const { inputs, units } = shape.layers[shape.encoderDepth - 1];
    const clusters = weights.logits.length;
    const head = {
      layers: [{ kind: 'dense', inputs, units, activation: 'linear' }],
      encoderDepth: 1,
      outputActivation: 'linear',
    } as const;
    this.network = new Network(shape, weights.layers, backend);
    this.#head = new Network(head, [weights.logVariance], backend);
    this.#mixture = {
      logits: variable(tensor2d(weights.logits, [1, clusters])),
      means: variable(tensor2d(weights.means, [clusters, units])),
      logVariances: variable(tensor2d(weights.logVariances, [clusters, units])),
    };
    this.#reconstruction = reconstruction;
    this.#backend = backend;
  }

  /**
   * Losses of a batch, and gradients of their mean. Call it inside `TensorBackend.run`.
   *
   * @param x batch x columns
   * @param noise standard normal, batch x d
   */
  evaluate(
    x: Tensor2D,
    noise: Tensor2D,
  ): { readonly losses: VadeLosses; readonly gradients: NamedGradient[] } {
    const { network } = this;
    const { encoder, all } = network.depths;
    const [, columns] = x.shape;
    let drawn: Drawn | undefined;
    const pass = network.forward(x, (mean, hidden) => {
      const headPass = this.#head.forward(hidden);
      const deviation: Tensor2D = mul(exp(mul(headPass.output, 0.5)), noise);
      const sample: Tensor2D = add(mean, deviation);
      drawn = { mean, headPass, deviation, sample };
      return sample;
    });
    const { mean, headPass, deviation, sample } = drawn!;
    const loss = variationalLoss({ mean, logVariance: headPass.output, sample }, this.#tensors);
    const byOutput: Tensor2D = mul(this.#reconstruction.gradient(pass.output, x), columns);
    const decoder = network.propagate(pass, encoder, all, byOutput);
    const bySample: Tensor2D = add(decoder.inputGradient!, loss.bySample);
    // The deviation is e^(l / 2) times the noise.
    const byLogVariance: Tensor2D = add(loss.byLogVariance, mul(mul(bySample, deviation), 0.5));
    const asksForInput = encoder > 1;
    const byCode: Tensor2D = add(loss.byMean, bySample);
    const code = network.propagate(pass, encoder - 1, encoder, byCode, asksForInput);
    const head = this.#head.propagate(headPass, 0, 1, byLogVariance, asksForInput);
    const trunk = asksForInput
      ? network.propagate(pass, 0, encoder - 1, add(code.inputGradient!, head.inputGradient!)).gradients
      : [];
    const { logits, means, logVariances } = this.#mixture;
    return {
      losses: {
        reconstruction: this.#reconstruction.total(pass.output, x),
        divergence: loss.total,
      },
      gradients: [
        ...decoder.gradients,
        ...code.gradients,
        ...head.gradients,
        ...trunk,
        { name: logits.name, tensor: loss.byMixture.logits },
        { name: means.name, tensor: loss.byMixture.means },
        { name: logVariances.name, tensor: loss.byMixture.logVariances },
      ],
    };
  }

  async readWeights(): Promise<VadeWeights> {
    const { logits, means, logVariances } = this.#mixture;
    const [logVariance] = await this.#head.readWeights();
    return {
      layers: await this.network.readWeights(),
      logVariance,
      logits: await this.#backend.read(logits),
      means: await this.#backend.read(means),
      logVariances: await this.#backend.read(logVariances),
    };
  }

  /** Frees everything except the autoencoder. */
  disposeRest(): void {
    this.#head.dispose();
    for (const values of Object.values(this.#mixture)) values.dispose();
  }

  dispose(): void {
    this.network.dispose();
    this.disposeRest();
  }

  get #tensors(): MixtureTensors {
    return this.#mixture as unknown as MixtureTensors;
  }
}
