import { PictureSlots, reducedPicture, slotGrid } from '../picture-slots.ts';
import type { ScatterImages } from '../scatter.ts';

/** The pictures that were drawn last, each on a separate canvas: on a common one, neighbors would bleed into each other. */
export class CanvasPictures {
  readonly images: ScatterImages;
  readonly #slots = new PictureSlots();
  readonly #contexts: OffscreenCanvasRenderingContext2D[] = [];

  constructor(images: ScatterImages) {
    this.images = images;
  }

  /** @returns the canvas of each picture, valid until the next call */
  show(pictures: readonly number[]): OffscreenCanvas[] {
    const { width, height } = slotGrid(this.images);
    const slots = this.#slots.assign(pictures, (picture, slot) => {
      const image = new ImageData(width, height);
      reducedPicture(this.images, picture).forEach((gray, i) => {
        image.data.set([gray, gray, gray, 255], 4 * i);
      });
      this.#contexts[slot] ??= new OffscreenCanvas(width, height).getContext('2d')!;
      this.#contexts[slot].putImageData(image, 0, 0);
    });
    return slots.map((slot) => this.#contexts[slot].canvas);
  }
}
