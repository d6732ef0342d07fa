import type { ModelState } from '@shoal/core';
import type { AutoencoderFitOptions } from '../autoencoder/autoencoder.ts';

/**
 * Settings of a fit that trains an autoencoder and then something of it, and that may be interrupted. Progress is of the
 * phase `training` (of the autoencoder), those of the clustering of its code, then one named after the method.
 */
export interface ResumableFitOptions extends AutoencoderFitOptions {
  /** Is handed all that is needed to go on, now and then; awaited. */
  readonly onCheckpoint?: ((state: ModelState) => void | Promise<void>) | undefined;
  /** Goes on from what `onCheckpoint` was handed, to the same result, bit for bit on wasm, as without the interruption. */
  readonly resume?: ModelState | undefined;
}
