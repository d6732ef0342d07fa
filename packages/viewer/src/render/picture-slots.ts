import { MOST_PICTURES } from './pictures.ts';
import type { ScatterImages } from './scatter.ts';

/** Texels along a page's sides; every device supports textures of this size. */
export const PAGE_SIDE = 2048;
/** Longest side of a picture in its slot: larger pictures are reduced, because marks are small. */
const LONGEST_SIDE = 96;

/** The layout of an atlas of pictures: pages of equal slots, row by row. */
export interface SlotGrid {
  /** Sides of a slot in texels. */
  readonly width: number;
  readonly height: number;
  /** Slots along a page's row, and rows of them. */
  readonly columns: number;
  readonly rows: number;
  readonly pages: number;
}

/** The whole number by which pictures are reduced in their slots. */
function reduction({ width, height }: ScatterImages): number {
  return Math.ceil(Math.max(width, height) / LONGEST_SIDE);
}

/** The atlas with a slot for each picture that may be drawn at a time, or for all pictures if they are fewer. */
export function slotGrid(images: ScatterImages): SlotGrid {
  const factor = reduction(images);
  const width = Math.ceil(images.width / factor);
  const height = Math.ceil(images.height / factor);
  const columns = Math.floor(PAGE_SIDE / width);
  const rows = Math.floor(PAGE_SIDE / height);
  const slots = Math.min(MOST_PICTURES, Math.max(1, images.points.length));
  return { width, height, columns, rows, pages: Math.ceil(slots / (columns * rows)) };
}

/** Page of a slot, and its first texel on that page. */
export function slotOrigin({ width, height, columns, rows }: SlotGrid, slot: number) {
  const cell = slot % (columns * rows);
  return {
    page: Math.floor(slot / (columns * rows)),
    x: (cell % columns) * width,
    y: Math.floor(cell / columns) * height,
  };
}

/**
 * The contents of a picture's slot, one byte per texel: the mean of each square of pixels, also of cut squares at the far
 * edges.
 */
export function reducedPicture(images: ScatterImages, picture: number): Uint8Array<ArrayBuffer> {
  const { width, height, pixels } = images;
  const factor = reduction(images);
  const first = picture * width * height;
  const columns = Math.ceil(width / factor);
  const reduced = new Uint8Array(columns * Math.ceil(height / factor));
  for (let texel = 0; texel < reduced.length; texel++) {
    const left = (texel % columns) * factor;
    const top = Math.floor(texel / columns) * factor;
    const right = Math.min(left + factor, width);
    const bottom = Math.min(top + factor, height);
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) sum += pixels[first + y * width + x];
    }
    reduced[texel] = Math.round(sum / ((right - left) * (bottom - top)));
  }
  return reduced;
}

/** Remembers which picture is in which slot, and frees a slot only when another picture needs it. */
export class PictureSlots {
  readonly #slots = new Map<number, number>();
  readonly #free: number[];

  constructor(slots = MOST_PICTURES) {
    this.#free = Array.from({ length: slots }, (_, i) => slots - 1 - i);
  }

  /**
   * Assigns slots to pictures.
   *
   * @param shown distinct pictures, at most as many as there are slots
   * @param fill puts a picture into its slot; called for pictures that had no slot
   * @returns the slot of each
   */
  assign(shown: readonly number[], fill: (picture: number, slot: number) => void): number[] {
    const missing = shown.filter((picture) => !this.#slots.has(picture));
    if (missing.length > this.#free.length) {
      const wanted = new Set(shown);
      for (const [picture, slot] of this.#slots) {
        if (wanted.has(picture)) continue;
        this.#slots.delete(picture);
        this.#free.push(slot);
      }
    }
    for (const picture of missing) {
      const slot = this.#free.pop()!;
      this.#slots.set(picture, slot);
      fill(picture, slot);
    }
    return shown.map((picture) => this.#slots.get(picture)!);
  }
}
