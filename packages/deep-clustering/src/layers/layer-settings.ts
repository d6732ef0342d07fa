import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { requireWholeNumber } from '@shoal/core/model-kit';

/** A layer of filters that are moved over an image. The image is surrounded by zeros so that no pixel is lost. */
export interface ConvolutionSettings {
  /** Number of output channels, >= 1. */
  readonly filters: number;
  /** Number of pixels along each side of a filter, >= 1; default 3. */
  readonly kernel?: number | undefined;
  /** Number of pixels by which a filter is moved, from 1 to `kernel`; 2 halves the image. Default 1. */
  readonly stride?: number | undefined;
}

/** A layer of an encoder: the width of a dense one, or a convolution. */
export type EncoderLayer = number | ConvolutionSettings;

/** The shape of the image in a row. Values are ordered by row of pixels, pixel, channel. */
export interface ImageSettings {
  readonly height: number;
  readonly width: number;
  /** Default 1. */
  readonly channels?: number | undefined;
}

/** The same with defaults filled in. */
export type ResolvedLayer = number | Required<{ readonly [Key in keyof ConvolutionSettings]: number }>;
export type ImageShape = Required<{ readonly [Key in keyof ImageSettings]: number }>;

/**
 * @throws {InvalidArgumentError} naming what is wrong: no layer at all, a size out of range, a convolution after a
 *   dense layer
 */
export function resolveLayers(layers: readonly EncoderLayer[]): readonly ResolvedLayer[] {
  if (layers.length === 0) {
    throw new InvalidArgumentError(
      'layers is empty; give at least the width of the code, for example [128, 64, 32].',
    );
  }
  const resolved = layers.map((layer, i): ResolvedLayer => {
    const name = `layers[${i}]`;
    return typeof layer === 'object' ? resolveConvolution(layer, name) : requireWholeNumber(name, layer, 1);
  });
  const dense = resolved.findIndex((layer) => typeof layer === 'number');
  if (dense === -1) {
    throw new InvalidArgumentError(
      'The last of the layers must be the width of the code, a number; here all are convolutions.',
    );
  }
  const late = resolved.findIndex((layer, i) => i > dense && typeof layer !== 'number');
  if (late !== -1) {
    throw new InvalidArgumentError(
      `layers[${late}] is a convolution, but layers[${dense}] before it is dense, and does not give an image. Put convolutions first.`,
    );
  }
  return resolved;
}

function resolveConvolution(layer: ConvolutionSettings, name: string): ResolvedLayer {
  const { filters, kernel = 3, stride = 1 } = layer;
  requireWholeNumber(`${name}.filters`, filters, 1);
  requireWholeNumber(`${name}.kernel`, kernel, 1);
  requireWholeNumber(`${name}.stride`, stride, 1);
  if (stride > kernel) {
    throw new InvalidArgumentError(
      `${name}.stride (${stride}) exceeds its kernel (${kernel}), so that no filter would see some pixels. Lower the stride.`,
    );
  }
  return { filters, kernel, stride };
}

/** @throws {InvalidArgumentError} when a side is not a whole number above 0, or there is a convolution but no image */
export function resolveImage(
  image: ImageSettings | undefined,
  layers: readonly ResolvedLayer[],
): ImageShape | undefined {
  if (image === undefined) {
    if (typeof layers[0] === 'number') return undefined;
    throw new InvalidArgumentError(
      'A convolution needs the shape of the images in the rows: set image, for example { height: 28, width: 28 }.',
    );
  }
  const { height, width, channels = 1 } = image;
  return {
    height: requireWholeNumber('image.height', height, 1),
    width: requireWholeNumber('image.width', width, 1),
    channels: requireWholeNumber('image.channels', channels, 1),
  };
}

/** Number of values of an image. */
export function volumeOf({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}

/** @throws {ShapeError} when the number of columns is not that of the image */
export function requireImageColumns(image: ImageShape, columns: number): void {
  if (volumeOf(image) === columns) return;
  const { height, width, channels } = image;
  throw new ShapeError(
    `Images of ${height} x ${width} with ${channels} channels have ${volumeOf(image)} columns, but the points have ${columns}.`,
  );
}
