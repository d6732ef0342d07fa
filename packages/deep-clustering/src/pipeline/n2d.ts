import type { Engine, Points } from '@shoal/core';
import { UmapClustering, type UmapClusteringOptions, type UmapFitOptions } from '@shoal/manifold';
import { Autoencoder, type AutoencoderFitOptions } from '../autoencoder/autoencoder.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { N2dModel } from './n2d-model.ts';
import type { N2dSettings } from './n2d-settings.ts';
import { defaultN2d } from './presets.ts';
import { requireReadableCode } from './require-readable-code.ts';
import { withCode } from './with-code.ts';

/** Settings of `N2d`. */
export interface N2dOptions extends N2dSettings {
  /** How the embedding is clustered. */
  readonly clustering: UmapClusteringOptions['clustering'];
  /** Seed of all parts, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** Where the autoencoder is computed; it must outlive the models. */
  readonly backend: TensorBackend;
  /** What searches, lays out and clusters; on a WebGPU backend, the WebGPU engine of the same device. */
  readonly engine: Engine;
}

/**
 * "(Not too) deep clustering": an autoencoder, UMAP of its code, a Gaussian mixture of the embedding (McConville,
 * Santos-Rodriguez, Piechocki & Craddock, "N2D: (Not too) deep clustering via clustering the local manifold of an
 * autoencoded embedding", ICPR 2020).
 *
 * @example
 * const clustering = { method: 'gmm', components: 10 };
 * const model = await new N2d({ ...n2dPaper, clustering, backend, engine }).fit(points);
 */
export class N2d {
  readonly #autoencoder: Autoencoder;
  readonly #clustering: UmapClustering;

  /**
   * @throws {InvalidArgumentError} when a setting is out of its range
   * @throws {UnsupportedError} when the backend is on WebGPU and the engine is not
   */
  constructor(options: N2dOptions) {
    const { autoencoder = defaultN2d.autoencoder, backend, engine, seed, clustering } = options;
    requireReadableCode(backend, engine);
    this.#autoencoder = new Autoencoder({ ...autoencoder, backend, seed });
    this.#clustering = new UmapClustering({
      clustering,
      umap: options.umap,
      unitLength: options.unitLength ?? defaultN2d.unitLength,
      principalComponents: 0,
      seed,
      engine,
    });
  }

  /**
   * @param points N x D, on the host
   * @throws like `Autoencoder.fit` and `UmapClustering.fit`
   */
  async fit(points: Points, options: AutoencoderFitOptions & UmapFitOptions = {}): Promise<N2dModel> {
    const autoencoder = await this.#autoencoder.fit(points, options);
    try {
      return await withCode(
        autoencoder,
        points,
        options,
        async (code) => new N2dModel(autoencoder, await this.#clustering.fit(code, options)),
      );
    } catch (error) {
      autoencoder.dispose();
      throw error;
    }
  }
}
