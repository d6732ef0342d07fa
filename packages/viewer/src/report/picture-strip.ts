import type { ClusteringData, ClusterSummary, ImageSet } from '../data/types.ts';
import { findAscending } from '../interaction/rows.ts';
import { grayPng, type GrayPicture } from './gray-png.ts';
import { base64 } from './packed.ts';

/** Larger pictures are made smaller: a report is to be sent. */
const MAX_SIDE = 32;
/** Space between pictures. */
const GAP = 2;

/** What clusters of pictures look like, as pictures that need no script. */
export class PictureStrips {
  readonly #data: ClusteringData;
  readonly #most: number;
  /** Pixels that may still be written: a report's size is bounded. */
  #left = 500_000;

  /** @param most pictures of a strip */
  constructor(data: ClusteringData, most: number) {
    this.#data = data;
    this.#most = most;
  }

  /** The centroid and the nearest points of a cluster, from left to right; empty where there are no pictures, or enough. */
  async of({ image, nearest }: ClusterSummary): Promise<string> {
    const { images } = this.#data;
    if (images === undefined) return '';
    const size = images.width * images.height;
    const pictures = [
      ...(image?.length === size ? [image] : []),
      ...nearest.flatMap((point) => pictureOf(images, point) ?? []),
    ].slice(0, this.#most);
    if (pictures.length === 0) return '';
    const strip = sideBySide(pictures.map((pixels) => shrink({ ...images, pixels })));
    this.#left -= strip.pixels.length;
    if (this.#left < 0) return '';
    const source = base64(await grayPng(strip));
    return `<img class="strip" src="data:image/png;base64,${source}" width="${strip.width}" height="${strip.height}" alt="">`;
  }
}

function pictureOf({ points, pixels, width, height }: ImageSet, point: number): Uint8Array | undefined {
  const at = findAscending(points, point);
  return at < points.length ? pixels.subarray(at * width * height, (at + 1) * width * height) : undefined;
}

/** The means of squares of pixels, where a picture is larger than a report needs. */
function shrink({ width, height, pixels }: GrayPicture): GrayPicture {
  const factor = Math.ceil(Math.max(width, height) / MAX_SIDE);
  if (factor === 1) return { width, height, pixels };
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)];
  const out = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let [sum, count] = [0, 0];
      for (let j = y * factor; j < Math.min(height, (y + 1) * factor); j++) {
        for (let i = x * factor; i < Math.min(width, (x + 1) * factor); i++) {
          sum += pixels[j * width + i];
          count++;
        }
      }
      out[y * columns + x] = Math.round(sum / count);
    }
  }
  return { width: columns, height: rows, pixels: out };
}

function sideBySide(pictures: readonly GrayPicture[]): GrayPicture {
  const [{ width, height }] = pictures;
  const all = pictures.length * (width + GAP) - GAP;
  const pixels = new Uint8Array(all * height).fill(255);
  pictures.forEach((picture, i) => {
    for (let y = 0; y < height; y++) {
      pixels.set(picture.pixels.subarray(y * width, (y + 1) * width), y * all + i * (width + GAP));
    }
  });
  return { width: all, height, pixels };
}
