import { Random } from '@shoal/core';
import { drawBag } from './bag.ts';
import { Canvas } from './canvas.ts';
import { Chance } from './chance.ts';
import { drawAnkleBoot, drawSandal, drawSneaker } from './footwear.ts';
import { side } from './frame.ts';
import { drawCoat, drawDress, drawPullover, drawShirt, drawTShirt } from './tops.ts';
import { drawTrouser } from './trouser.ts';

/** The drawing functions of the classes, in the order of `GARMENT_CLASS_NAMES`. */
const drawings: readonly ((canvas: Canvas, chance: Chance) => void)[] = [
  drawTShirt,
  drawTrouser,
  drawPullover,
  drawDress,
  drawCoat,
  drawSandal,
  drawShirt,
  drawSneaker,
  drawBag,
  drawAnkleBoot,
];

/** Draws garments one after the other on its own canvas. */
export class Tailor {
  readonly #canvas = new Canvas();

  /**
   * Draws one garment of the class into `out`.
   *
   * @param out 784 bytes, row-major; the background is 0
   */
  draw(label: number, seed: number, out: Uint8Array): void {
    const chance = new Chance(new Random(seed));
    this.#canvas.reset({
      stretchX: chance.around(0.86, 1.12),
      stretchY: chance.around(0.92, 1.04),
      lean: chance.around(-0.06, 0.06),
      shiftX: chance.around(-1.1, 1.1),
      shiftY: chance.around(-0.9, 0.9),
    });
    drawings[label](this.#canvas, chance);
    develop(this.#canvas.pixels, chance, out);
  }
}

/** Converts brightness to bytes with some grain; the background stays black. */
function develop(pixels: Float64Array, chance: Chance, out: Uint8Array): void {
  const exposure = 255 * chance.around(0.8, 1.1);
  const grain = chance.within(0.03, 0.14) / 512;
  for (let i = 0; i < side * side; i++) {
    const brightness = pixels[i];
    if (brightness < 0.01) {
      out[i] = 0;
      continue;
    }
    const bits = chance.bits();
    // Four bytes added up are nearly normal around 510.
    const noise = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510;
    out[i] = Math.max(1, Math.min(255, Math.round(exposure * brightness * (1 + grain * noise))));
  }
}
