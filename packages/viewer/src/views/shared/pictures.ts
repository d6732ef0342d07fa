import { noChange, type ElementPart } from 'lit';
import { directive, Directive, PartType, type PartInfo } from 'lit/directive.js';
import type { ImageSet } from '../../data/types.ts';
import { findAscending } from '../../interaction/rows.ts';

/** Gray pictures side by side, `columns` in a row. */
export interface PictureSheet {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly pictures: readonly (Uint8Array | undefined)[];
}

/** The picture of a point, or undefined. */
export function pictureOf(images: ImageSet | undefined, point: number): Uint8Array | undefined {
  if (images === undefined) return undefined;
  const index = findAscending(images.points, point);
  const size = images.width * images.height;
  return index < images.points.length ? images.pixels.subarray(index * size, (index + 1) * size) : undefined;
}

class DrawPictures extends Directive {
  #drawn: PictureSheet | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('Pictures are drawn into an element: a canvas.');
  }

  override render(sheet: PictureSheet): PictureSheet {
    return sheet;
  }

  override update({ element }: ElementPart, [sheet]: [PictureSheet]): typeof noChange {
    if (this.#drawn === undefined || !isSame(this.#drawn, sheet)) draw(element as HTMLCanvasElement, sheet);
    this.#drawn = sheet;
    return noChange;
  }
}

/** Draws pictures into its canvas and sets the canvas's size; draws again only when the pictures change. */
export const drawPictures = directive(DrawPictures);

function isSame(one: PictureSheet, other: PictureSheet): boolean {
  return (
    one.columns === other.columns &&
    one.width === other.width &&
    one.height === other.height &&
    one.pictures.length === other.pictures.length &&
    one.pictures.every((picture, i) => isSamePicture(picture, other.pictures[i]))
  );
}

/** Arrays over the same bytes are the same picture, because data never changes. */
function isSamePicture(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one?.buffer === other?.buffer && one?.byteOffset === other?.byteOffset;
}

function draw(canvas: HTMLCanvasElement, { width, height, columns, pictures }: PictureSheet): void {
  const across = Math.min(columns, Math.max(1, pictures.length));
  canvas.width = across * width;
  canvas.height = Math.ceil(pictures.length / across) * height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = new ImageData(width, height);
  pictures.forEach((picture, place) => {
    if (picture === undefined) return;
    for (let i = 0; i < width * height; i++) {
      image.data.fill(picture[i], 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, (place % across) * width, Math.floor(place / across) * height);
  });
}
