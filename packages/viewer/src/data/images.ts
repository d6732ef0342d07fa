import { InvalidArgumentError, Random, ShapeError } from '@shoal/core';
import type { ImageSet } from './types.ts';

/** Gray images, as the caller gives them: of all points in their order, or of those that `points` lists, ascending. */
export interface ImagesInput {
  readonly width: number;
  readonly height: number;
  /** One byte per pixel (0 is black), one image after another. */
  readonly pixels: Uint8Array;
  readonly points?: Uint32Array | undefined;
}

/**
 * @param count points, N
 * @throws {InvalidArgumentError} when the size is not two whole numbers, or the points are not whole numbers
 * @throws {ShapeError} when the number of pixels does not match the number of images
 */
export function checkImages({ width, height, pixels, points }: ImagesInput, count: number): ImageSet {
  for (const [name, extent] of Object.entries({ width, height })) {
    if (!Number.isSafeInteger(extent) || extent < 1) {
      throw new InvalidArgumentError(`The ${name} of images is a whole number of pixels; got ${extent}.`);
    }
  }
  const shown = points ?? Uint32Array.from({ length: count }, (_, i) => i);
  if (pixels.length !== shown.length * width * height) {
    throw new ShapeError(
      `${shown.length} images of ${width} x ${height} have ${shown.length * width * height} pixels; got ${pixels.length}.`,
    );
  }
  const wrong = shown.findIndex((point, i) => point >= count || (i > 0 && point <= shown[i - 1]));
  if (wrong >= 0) {
    throw new InvalidArgumentError(
      `Images list their points ascending, from 0 to ${count - 1}; image ${wrong} is of point ${shown[wrong]}.`,
    );
  }
  return { width, height, pixels, points: shown };
}

/**
 * At most `most` of the images: first those of the points to keep, the rest drawn by the seed.
 *
 * @param keep points whose images are kept first
 */
export function chooseImages(images: ImageSet, keep: Iterable<number>, most: number, seed = 0): ImageSet {
  const count = images.points.length;
  if (count <= most) return images;
  const kept = new Set(keep);
  const wanted: number[] = [];
  const rest: number[] = [];
  images.points.forEach((point, i) => (kept.has(point) ? wanted : rest).push(i));
  const first = wanted.slice(0, most);
  const drawn = new Random(seed).distinct(most - first.length, rest.length);
  return takeImages(images, Uint32Array.from([...first, ...Array.from(drawn, (i) => rest[i])]).sort());
}

/**
 * The images at the given places, with new point numbers.
 *
 * @param places ascending positions in `images.points`
 */
export function takeImages(
  { width, height, pixels, points }: ImageSet,
  places: Uint32Array,
  rename: (point: number) => number = (point) => point,
): ImageSet {
  const size = width * height;
  const out = new Uint8Array(places.length * size);
  places.forEach((place, i) => {
    out.set(pixels.subarray(place * size, (place + 1) * size), i * size);
  });
  return { width, height, pixels: out, points: places.map((place) => rename(points[place])) };
}
