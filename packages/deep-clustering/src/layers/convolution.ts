import {
  conv2d,
  pad,
  reshape,
  reverse,
  slice,
  transpose,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { volumeOf, type ImageShape } from './layer-settings.ts';

/** Sizes of images before and after a convolution with filters of `kernel` x `kernel`, moved by `stride` pixels. */
export interface ConvolutionGeometry {
  readonly large: ImageShape;
  readonly small: ImageShape;
  readonly kernel: number;
  readonly stride: number;
}

/** Number of zeros before and after the pixels of a side. */
type Padding = [before: number, after: number];

/**
 * A convolution's products: with large images, with small images, and of large with small images. A layer, its
 * transpose, and the gradients of both need only these three. Images are rows of (batch x volume) tensors; filters are
 * kernel x kernel x channels of the large image x channels of the small one. Zeros surround the large image as with
 * TensorFlow's padding "same".
 *
 * All are written as forward convolutions. On wasm this is the only fast kernel, and the kernel for the gradient by the
 * filters does not exist there; see docs/decisions/0097-convolutional-encoders.md.
 */
export class Convolution {
  readonly #geometry: ConvolutionGeometry;
  readonly #rows: Padding;
  readonly #columns: Padding;

  constructor(geometry: ConvolutionGeometry) {
    const { large, small, kernel, stride } = geometry;
    this.#geometry = geometry;
    const padding = (side: number, out: number): Padding => {
      // Not negative, because the stride is at most the kernel.
      const total = (out - 1) * stride + kernel - side;
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    };
    this.#rows = padding(large.height, small.height);
    this.#columns = padding(large.width, small.width);
  }

  /** Small images, with pixels that are sums over a filter's window of the large ones. */
  gather(large: Tensor2D, filters: Tensor4D): Tensor2D {
    const { stride, small } = this.#geometry;
    const sums = conv2d(asImages(large, this.#geometry.large), filters, stride, 'same');
    return reshape(sums, [large.shape[0], volumeOf(small)]);
  }

  /**
   * The transpose of `gather`: each pixel of the small images adds its multiple of the filters to a window of the large ones.
   *
   * A pixel of the large image gets parts of every stride-th row and column of the filters; which ones depends on its
   * position modulo the stride. So all pixels with the same position modulo the stride are a convolution of the small
   * image by that part of the filters, turned around. One convolution computes all of them as channels, and these
   * channels are then rearranged as pixels (Shi et al., "Is the deconvolution layer the same as a convolutional
   * layer?", arXiv 1609.07009, 2016).
   */
  scatter(small: Tensor2D, filters: Tensor4D): Tensor2D {
    const { stride, kernel, large } = this.#geometry;
    const [batch] = small.shape;
    // Rows and columns of the filters in each part.
    const reach = Math.ceil(kernel / stride);
    const strides = (before: number, side: number) => Math.floor((before + side - 1) / stride) + 1;
    const down = strides(this.#rows[0], large.height);
    const across = strides(this.#columns[0], large.width);
    const images = asImages(small, this.#geometry.small);
    const surrounded = pad(images, [
      [0, 0],
      [reach - 1, down - images.shape[1]],
      [reach - 1, across - images.shape[2]],
      [0, 0],
    ]);
    const parts = conv2d(surrounded, this.#partsOf(filters, reach), 1, 'valid');
    // From (stride rows, stride columns) x (row in a stride, column in a stride, channel) to rows x columns x channels.
    const width = stride * across * large.channels;
    const rows = transpose(
      reshape(parts, [batch * down, across, stride, stride * large.channels]),
      [0, 2, 1, 3],
    );
    const whole = reshape(rows, [batch, down * stride, width]);
    const begin = [0, this.#rows[0], this.#columns[0] * large.channels];
    const cut = slice(whole, begin, [batch, large.height, large.width * large.channels]);
    return reshape(cut, [batch, volumeOf(large)]);
  }

  /**
   * The derivative of the sum of products of `small` with `gather(large, filters)` by each value of the filters. It is
   * the gradient by the filters when `small` or `large` is the gradient by a layer's output.
   *
   * It is a convolution of the large images by the small ones, with batch and channels exchanged.
   */
  byFilters(large: Tensor2D, small: Tensor2D): Tensor4D {
    const { stride } = this.#geometry;
    const images = transpose(asImages(large, this.#geometry.large), [3, 1, 2, 0]);
    const windows = transpose(asImages(small, this.#geometry.small), [1, 2, 0, 3]);
    const surrounded = pad(images, [[0, 0], this.#rows, this.#columns, [0, 0]]);
    const products = conv2d(surrounded, windows, 1, 'valid', 'NHWC', stride);
    return transpose(products, [1, 2, 0, 3]);
  }

  /** reach x reach x channels of the small image x (row in a stride, column in a stride, channel of the large image). */
  #partsOf(filters: Tensor4D, reach: number): Tensor4D {
    const { stride, kernel, large, small } = this.#geometry;
    const missing: Padding = [0, reach * stride - kernel];
    const whole = pad(filters, [missing, missing, [0, 0], [0, 0]]);
    const values = (reach * stride) ** 2 * large.channels;
    // In three steps of at most four axes: TensorFlow.js is slow with more axes.
    const bySmall: Tensor = transpose(reshape(whole, [values, small.channels]));
    const byPart = transpose(
      reshape(bySmall, [small.channels * reach, stride, reach, stride * large.channels]),
      [0, 2, 1, 3],
    );
    const turned = reverse(
      reshape(byPart, [small.channels, reach, reach, stride ** 2 * large.channels]),
      [1, 2],
    );
    const byReach = transpose(
      reshape(turned, [small.channels, reach ** 2, stride ** 2 * large.channels]),
      [1, 0, 2],
    );
    return reshape(byReach, [reach, reach, small.channels, stride ** 2 * large.channels]);
  }
}

function asImages(rows: Tensor2D, { height, width, channels }: ImageShape): Tensor4D {
  return reshape(rows, [rows.shape[0], height, width, channels]);
}
