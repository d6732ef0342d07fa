import type { Canvas } from './canvas.ts';
import type { Chance } from './chance.ts';
import { fabric, flat, shaded, type Fabric } from './fabric.ts';
import { middle } from './frame.ts';
import { band, box, curve, mirrored, ribbon, rounded } from './outline.ts';

export function drawBag(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'mottled', 'check', 'blocks'], 0.15);
  const half = chance.around(9, 14);
  const upper = half - chance.around(-0.8, 3);
  const height = chance.around(9, 20);
  const bottom = chance.within(25, 27.6);
  const top = bottom - height;
  const handleHeight = Math.min(top - 0.6, chance.within(3, 11));
  if (handleHeight > 2 && chance.happens(0.85)) drawHandle(canvas, chance, cloth, upper, top, handleHeight);
  const body = mirrored([
    [middle, top],
    [middle + upper, top],
    [middle + half, top + height * 0.55],
    [middle + half - 0.4, bottom],
    [middle, bottom],
  ]);
  canvas.fill(rounded(body, 1), cloth.paint);
  const seam = shaded(cloth, chance.within(0.3, 0.75));
  if (chance.happens(0.5)) {
    const flap = top + height * chance.within(0.3, 0.55);
    canvas.fill(band([middle - half + 1, flap], [middle + half - 1, flap], 0.9), seam);
    canvas.fill(box(middle - 1, flap - 1, middle + 1, flap + 1), flat(cloth.accent));
  } else {
    canvas.fill(band([middle - upper + 1, top + 1.4], [middle + upper - 1, top + 1.4], 0.8), seam);
  }
  if (chance.happens(0.3)) {
    const at = half * chance.within(0.4, 0.65);
    for (const x of [middle - at, middle + at])
      canvas.fill(band([x, top], [x, bottom], 1), flat(cloth.accent));
  }
}

function drawHandle(
  canvas: Canvas,
  chance: Chance,
  cloth: Fabric,
  upper: number,
  top: number,
  height: number,
): void {
  const reach = upper * chance.within(0.45, 0.95);
  const arc = curve([middle - reach, top + 1], [middle, top - 2 * height], [middle + reach, top + 1], 12);
  canvas.fill(ribbon(arc, chance.within(0.9, 2)), shaded(cloth, chance.within(0.7, 1)));
}
