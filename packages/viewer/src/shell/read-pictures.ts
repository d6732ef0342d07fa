import { InvalidArgumentError, UnsupportedError } from '@shoal/core';
import type { ImagesInput } from '../data/images.ts';
import type { PicturesInput, SpriteInput } from './inputs.ts';

/**
 * Converts pictures to bytes.
 *
 * @param count number of points, N
 * @throws {InvalidArgumentError} when the size of a tile is not a whole number of at least 1, a matrix is not of bytes, or
 * there are too few tiles
 * @throws {UnsupportedError} when a sprite cannot be fetched, decoded or read
 * @throws the signal's reason when it is aborted
 */
export async function readPictures(
  input: PicturesInput,
  count: number,
  signal: AbortSignal,
): Promise<ImagesInput> {
  if ('sprite' in input) return readSprite(input, count, signal);
  const { pixels, width, height, points } = input;
  if (pixels instanceof Uint8Array) return { pixels, width, height, points };
  if (!(pixels.data instanceof Uint8Array)) {
    throw new InvalidArgumentError('Pictures are bytes from 0 to 255; give a matrix of a Uint8Array.');
  }
  return { pixels: pixels.data, width, height, points };
}

async function readSprite(
  { sprite, width, height, points }: SpriteInput,
  count: number,
  signal: AbortSignal,
): Promise<ImagesInput> {
  for (const [name, extent] of Object.entries({ width, height })) {
    if (!Number.isSafeInteger(extent) || extent < 1) {
      throw new InvalidArgumentError(
        `The ${name} of a sprite's tiles is a whole number of pixels; got ${extent}.`,
      );
    }
  }
  const picture = await decoded(sprite, signal);
  const across = Math.floor(picture.width / width);
  const tiles = across * Math.floor(picture.height / height);
  const wanted = points?.length ?? count;
  if (tiles < wanted) {
    throw new InvalidArgumentError(
      `The sprite of ${picture.width} x ${picture.height} pixels has ${tiles} tiles of ${width} x ${height}, but ` +
        `${wanted} points need one each.`,
    );
  }
  const pixels = new Uint8Array(wanted * width * height);
  const canvas = new OffscreenCanvas(across * width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new UnsupportedError('This browser gives no canvas to read the sprite with.');
  for (let first = 0; first < wanted; first += across) {
    context.clearRect(0, 0, canvas.width, height);
    context.drawImage(picture, 0, (-first / across) * height);
    const { data } = readRow(context, canvas);
    for (let tile = first; tile < Math.min(wanted, first + across); tile++) {
      for (let i = 0; i < width * height; i++) {
        const x = (tile - first) * width + (i % width);
        pixels[tile * width * height + i] = gray(data, 4 * (Math.floor(i / width) * canvas.width + x));
      }
    }
  }
  return { pixels, width, height, points };
}

async function decoded(
  sprite: SpriteInput['sprite'],
  signal: AbortSignal,
): Promise<ImageBitmap | HTMLImageElement> {
  if (typeof sprite !== 'string') {
    if ('decode' in sprite) await sprite.decode();
    return sprite;
  }
  let response;
  try {
    response = await fetch(sprite, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new UnsupportedError(`The sprite ${sprite} cannot be fetched: ${String(cause)}.`, { cause });
  }
  if (!response.ok) {
    throw new UnsupportedError(
      `The sprite ${sprite} cannot be fetched: the server answers ${response.status}.`,
    );
  }
  try {
    return await createImageBitmap(await response.blob());
  } catch (cause) {
    signal.throwIfAborted();
    throw new UnsupportedError(`The sprite ${sprite} is not an image that this browser can decode.`, {
      cause,
    });
  }
}

function readRow(context: OffscreenCanvasRenderingContext2D, { width, height }: OffscreenCanvas): ImageData {
  try {
    return context.getImageData(0, 0, width, height);
  } catch (cause) {
    throw new UnsupportedError(
      'The sprite comes from another site that does not let this page read it; serve it with ' +
        'Access-Control-Allow-Origin, and load it with crossorigin="anonymous".',
      { cause },
    );
  }
}

/** Luma of Rec. 601, the gray value of most tools. */
function gray(data: Uint8ClampedArray, at: number): number {
  return Math.round(0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]);
}
