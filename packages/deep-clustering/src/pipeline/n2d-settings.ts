import type { UmapClusteringOptions } from '@shoal/manifold';
import type { AutoencoderSettings } from '../autoencoder/options.ts';

/** The settings of `N2d`, without seed and backend: plain data. */
export interface N2dSettings {
  /** Default that of `defaultN2d`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /**
   * Number of autoencoders, at least 1, trained one after another from different seeds; UMAP gets their codes side by
   * side. With more of them, results vary less between seeds; default 1.
   */
  readonly members?: number | undefined;
  /** Settings that replace those of `defaultClusteringUmap`, which are the paper's. */
  readonly umap?: UmapClusteringOptions['umap'];
  /** Whether each code is scaled to unit length before UMAP; default that of `defaultN2d`. */
  readonly unitLength?: boolean | undefined;
}
