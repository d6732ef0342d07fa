import type { UmapClusteringOptions } from '@shoal/manifold';
import type { AutoencoderSettings } from '../autoencoder/options.ts';

/** What can be set of `N2d`, apart from chance and place: plain data. */
export interface N2dSettings {
  /** Default that of `defaultN2d`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /** Over those of `defaultClusteringUmap`, which are the paper's. */
  readonly umap?: UmapClusteringOptions['umap'];
  /** Whether codes are brought to unit length before UMAP; default that of `defaultN2d`. */
  readonly unitLength?: boolean | undefined;
}
