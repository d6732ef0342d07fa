import type { Canvas } from './canvas.ts';
import type { Chance } from './chance.ts';
import { fabric, flat, shaded } from './fabric.ts';
import { middle } from './frame.ts';
import { band, box, mirrored, type Outline } from './outline.ts';

export function drawTrouser(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'plain', 'pinstripes', 'mottled', 'check']);
  const waist = chance.around(3.2, 5.4);
  const hip = waist + chance.within(0.3, 1.2);
  const crotch = chance.within(8, 11);
  const outside = hip + chance.around(-1.8, 1.4);
  const ankle = chance.within(2, 3.6);
  const bottom = chance.happens(0.12) ? chance.within(14, 19) : chance.within(26, 28.4);
  const outline: Outline = [
    [middle, 0.6],
    [middle + waist, 0.4],
    [middle + hip, 6],
    [middle + outside, bottom],
    [middle + Math.max(0.5, outside - ankle), bottom],
    [middle + chance.within(0.2, 0.7), crotch + 1.5],
    [middle, crotch],
  ];
  canvas.fill(mirrored(outline), cloth.paint);
  canvas.fill(box(middle - waist, 0.4, middle + waist, 2), shaded(cloth, chance.within(0.6, 0.95)));
  canvas.fill(band([middle, 2], [middle, crotch], 0.6), shaded(cloth, 0.55));
  if (chance.happens(0.3)) {
    const stripe: Outline = band([middle + hip - 0.8, 5], [middle + outside - 0.7, bottom], 0.8);
    canvas.fill(stripe, flat(cloth.accent));
  }
}
