import type { AutoencoderSettings } from './options.ts';

/**
 * The network of the original Keras report: 784-128-64-32-64-128-784 on images, a linear code, ReLU between,
 * a sigmoid at the end; mean squared error, Adam 1e-3 in batches of 256. The report
 * does not say how many epochs it ran.
 */
export const reportAutoencoder = {
  layers: [128, 64, 32],
  codeActivation: 'linear',
  hiddenActivation: 'relu',
  outputActivation: 'sigmoid',
  loss: 'mse',
  noise: 0,
  epochs: 10,
  batchSize: 256,
  learningRate: 1e-3,
} as const satisfies AutoencoderSettings;

/**
 * The network of DEC, IDEC, N2D and VaDE: 784-500-500-2000-10 and back on images. The other settings differ between the
 * papers.
 */
export const paperAutoencoder = {
  layers: [500, 500, 2000, 10],
  codeActivation: 'linear',
  hiddenActivation: 'relu',
  outputActivation: 'linear',
  loss: 'mse',
  noise: 0,
  batchSize: 256,
  learningRate: 1e-3,
} as const satisfies AutoencoderSettings;

/**
 * Shoal's own: the same network as a denoising autoencoder under cross-entropy, whose code clusters better, above all
 * with rows of unit length; see docs/decisions/0033-autoencoder-defaults.md.
 */
export const defaultAutoencoder = {
  ...reportAutoencoder,
  loss: 'binary-crossentropy',
  noise: 0.3,
} as const satisfies AutoencoderSettings;

/**
 * For oriented gradients of images, whose rows have a root mean square of 1/4: less noise than for pixels, and a wider
 * network, because there are fewer columns.
 */
export const gradientAutoencoder = {
  ...defaultAutoencoder,
  layers: [256, 128, 32],
  noise: 0.1,
  epochs: 20,
} as const satisfies AutoencoderSettings;

/**
 * For images of 28 x 28 pixels: the network of DCEC with half its filters (Guo, Liu, Zhu & Yin, "Deep clustering with
 * convolutional autoencoders", ICONIP 2017), as a denoising autoencoder under cross-entropy. For other images set
 * `image`.
 */
export const convolutionalAutoencoder = {
  ...defaultAutoencoder,
  image: { height: 28, width: 28 },
  layers: [
    { filters: 16, kernel: 5, stride: 2 },
    { filters: 32, kernel: 5, stride: 2 },
    { filters: 64, kernel: 3, stride: 2 },
    32,
  ],
} as const satisfies AutoencoderSettings;
