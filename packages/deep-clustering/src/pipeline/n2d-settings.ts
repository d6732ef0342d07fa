import type { UmapClusteringOptions } from '@shoal/manifold';
import type { AutoencoderSettings } from '../autoencoder/options.ts';

/** What can be set of `N2d`, apart from chance and place: plain data. */
export interface N2dSettings {
  /** Default that of `defaultN2d`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /**
   * Autoencoders, at least 1, trained one after another from seeds of their own; UMAP is given their codes side by side. More of
   * them spread less over seeds; default 1.
   */
  readonly members?: number | undefined;
  /** Over those of `defaultClusteringUmap`, which are the paper's. */
  readonly umap?: UmapClusteringOptions['umap'];
  /** Whether each code is brought to unit length before UMAP; default that of `defaultN2d`. */
  readonly unitLength?: boolean | undefined;
}
