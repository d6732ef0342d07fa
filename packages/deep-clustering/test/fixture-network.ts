import { resolveSettings, type AutoencoderSettings } from '../src/autoencoder/options.ts';
import { lossFunction, type LossFunction } from '../src/autoencoder/reconstruction-loss.ts';
import type { TensorBackend } from '../src/index.ts';
import { networkShape } from '../src/layers/network-shape.ts';
import { Network } from '../src/layers/network.ts';

/**
 * The network of a fixture, and its loss.
 *
 * @param parameters weights, bias, weights, bias ... of its layers
 */
export function fixtureNetwork(
  autoencoder: AutoencoderSettings,
  columns: number,
  parameters: readonly (readonly number[])[],
  backend: TensorBackend,
): { readonly network: Network; readonly loss: LossFunction } {
  const settings = resolveSettings(autoencoder);
  const shape = networkShape(settings, columns);
  const weights = shape.layers.map((_layer, l) => ({
    weights: Float32Array.from(parameters[2 * l]),
    bias: Float32Array.from(parameters[2 * l + 1]),
  }));
  const network = backend.run(() => new Network(shape, weights, backend));
  return { network, loss: lossFunction(settings.loss, settings.outputActivation) };
}
