import type { Canvas } from './canvas.ts';
import type { Chance } from './chance.ts';
import { fabric, flat, shaded, type Fabric } from './fabric.ts';
import { middle } from './frame.ts';
import { band, box, curve, mirrored, reflected, rounded, type Outline, type Point } from './outline.ts';

/** Measures of a garment for the upper body, seen from the front; widths are from the middle line. */
interface Cut {
  readonly top: number;
  readonly bottom: number;
  readonly neckWidth: number;
  readonly neckDepth: number;
  readonly shoulder: number;
  /** How much lower than the neck the end of the shoulder is. */
  readonly shoulderDrop: number;
  readonly chest: number;
  readonly waist: number;
  readonly waistAt: number;
  readonly hem: number;
  /** Length along the arm; 0 for no sleeve. */
  readonly sleeve: number;
  /** Sideways reach per unit of sleeve. */
  readonly sleeveSpread: number;
  readonly armWidth: number;
  readonly cuffWidth: number;
}

export function drawTShirt(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'stripes', 'mottled', 'blocks']);
  const body = chance.around(5.4, 8);
  const cut: Cut = {
    top: chance.within(0.5, 2),
    bottom: chance.around(24, 27.8),
    neckWidth: chance.within(2.6, 4.4),
    neckDepth: chance.within(1.2, 3.4),
    shoulder: body + chance.within(0.2, 1.2),
    shoulderDrop: chance.within(0.8, 2),
    chest: body,
    waist: body - chance.within(0, 0.9),
    waistAt: chance.within(14, 18),
    hem: body + chance.within(-0.5, 0.8),
    sleeve: chance.around(4, 8.5),
    sleeveSpread: chance.around(0.45, 0.95),
    armWidth: chance.within(4.5, 6),
    cuffWidth: chance.within(3.2, 4.8),
  };
  drawTop(canvas, cut, cloth);
  if (chance.happens(0.35)) {
    const half = chance.within(1.5, 3.2);
    const top = chance.within(8, 11);
    canvas.fill(
      rounded(box(middle - half, top, middle + half, top + chance.within(2, 5))),
      flat(cloth.accent),
    );
  }
}

export function drawPullover(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'stripes', 'mottled', 'blocks', 'check']);
  const body = chance.around(5.2, 7.4);
  const cut: Cut = {
    top: chance.within(0.8, 2.4),
    bottom: chance.around(23.5, 27),
    neckWidth: chance.within(2.2, 3.4),
    neckDepth: chance.within(0.8, 2.2),
    shoulder: body + chance.within(0.2, 1),
    shoulderDrop: chance.within(1.2, 2.6),
    chest: body,
    waist: body - chance.within(-0.4, 0.5),
    waistAt: chance.within(15, 19),
    hem: body - chance.within(0, 0.8),
    ...longSleeve(chance),
  };
  drawTop(canvas, cut, cloth);
  const rib = shaded(cloth, chance.within(0.6, 0.9));
  canvas.fill(box(middle - cut.hem, cut.bottom - 1.6, middle + cut.hem, cut.bottom - 0.1), rib);
  if (chance.happens(0.3)) {
    const [neck, high] = [cut.neckWidth - 0.2, chance.within(0.2, 1)];
    canvas.fill(rounded(box(middle - neck, high, middle + neck, cut.top + cut.neckDepth + 0.8)), rib);
  }
}

export function drawCoat(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'plain', 'mottled', 'check'], 0.15);
  const body = chance.around(5.2, 7);
  const cut: Cut = {
    top: chance.within(0.3, 1.6),
    bottom: chance.around(25.5, 28),
    neckWidth: chance.within(2, 3.2),
    neckDepth: chance.within(0.6, 1.6),
    shoulder: body + chance.within(0, 0.8),
    shoulderDrop: chance.within(1, 2.2),
    chest: body,
    waist: body - chance.within(-0.2, 1),
    waistAt: chance.within(13, 16),
    hem: body + chance.within(0, 1.8),
    ...longSleeve(chance),
  };
  drawTop(canvas, cut, cloth);
  const dark = flat(cloth.tone * chance.within(0.1, 0.45));
  const lapel = cut.top + chance.within(5, 11);
  const open: Outline = [
    [middle, cut.top + cut.neckDepth - 0.6],
    [middle + cut.neckWidth * 0.8, cut.top + 0.4],
    [middle, lapel],
  ];
  canvas.fill(mirrored(open), shaded(cloth, chance.within(0.35, 0.8)));
  canvas.fill(band([middle, lapel], [middle, cut.bottom], chance.within(0.6, 1.1)), dark);
  if (chance.happens(0.4)) drawBothSides(canvas, box(middle + 2.2, 17.6, middle + 4.6, 18.4), dark);
  if (chance.happens(0.3)) canvas.fill(box(middle - cut.waist, 14.2, middle + cut.waist, 15.4), dark);
}

export function drawShirt(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'stripes', 'pinstripes', 'check', 'check', 'mottled']);
  const body = chance.around(5, 7.6);
  const short = chance.happens(0.35);
  const cut: Cut = {
    top: chance.within(0.6, 2.2),
    bottom: chance.around(24, 27.8),
    neckWidth: chance.within(2, 3.4),
    neckDepth: chance.within(1, 2.6),
    shoulder: body + chance.within(0.1, 1),
    shoulderDrop: chance.within(1, 2.2),
    chest: body,
    waist: body - chance.within(0, 1),
    waistAt: chance.within(14, 18),
    hem: body + chance.within(-0.4, 0.9),
    ...longSleeve(chance),
    ...(short ? { sleeve: chance.around(5, 9), cuffWidth: chance.within(3.2, 4.4) } : {}),
  };
  drawTop(canvas, cut, cloth);
  const trim = flat(cloth.accent);
  const collar: Outline = [
    [middle, cut.top + cut.neckDepth],
    [middle + cut.neckWidth, cut.top - 0.6],
    [middle + cut.neckWidth + 0.8, cut.top + 1.6],
    [middle + 1.2, cut.top + cut.neckDepth + 2.2],
  ];
  drawBothSides(canvas, collar, shaded(cloth, 1.15));
  canvas.fill(band([middle, cut.top + cut.neckDepth], [middle, cut.bottom], 0.7), trim);
  if (chance.happens(0.4)) canvas.fill(box(middle + 1.6, 8.6, middle + 4.2, 11.4), shaded(cloth, 0.75));
}

export function drawDress(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'mottled', 'stripes', 'blocks', 'check']);
  const body = chance.around(2.9, 4.8);
  const waist = body - chance.within(0.1, 1.1);
  const sleeve = chance.pick([0, 0, 0, chance.within(2.5, 5), chance.within(11, 15)]);
  const cut: Cut = {
    top: chance.within(0, 1.4),
    bottom: chance.around(26, 28.4),
    neckWidth: chance.within(1.3, 2.6),
    neckDepth: chance.within(1, 4),
    shoulder: body + chance.within(-0.6, 0.5),
    shoulderDrop: chance.within(0.4, 1.2),
    chest: body,
    waist,
    waistAt: chance.within(9, 13),
    hem: waist + chance.around(0.2, 5.6),
    sleeve,
    sleeveSpread: chance.within(0.12, 0.4),
    armWidth: chance.within(2.6, 3.4),
    cuffWidth: chance.within(1.6, 2.4),
  };
  drawTop(canvas, cut, cloth);
  if (chance.happens(0.4)) {
    canvas.fill(
      box(middle - waist, cut.waistAt - 0.6, middle + waist, cut.waistAt + 0.7),
      flat(cloth.accent),
    );
  }
}

function longSleeve(chance: Chance): Pick<Cut, 'sleeve' | 'sleeveSpread' | 'armWidth' | 'cuffWidth'> {
  return {
    sleeve: chance.around(17, 23),
    sleeveSpread: chance.around(0.04, 0.24),
    armWidth: chance.within(3.6, 4.8),
    cuffWidth: chance.within(2, 3),
  };
}

function drawTop(canvas: Canvas, cut: Cut, cloth: Fabric): void {
  const shoulder: Point = [middle + cut.shoulder, cut.top + cut.shoulderDrop];
  const armpitY = shoulder[1] + cut.armWidth;
  if (cut.sleeve > 0) {
    const cuff: Point = [
      shoulder[0] + 0.8 + cut.sleeve * cut.sleeveSpread,
      shoulder[1] + cut.sleeve * Math.sqrt(1 - cut.sleeveSpread * cut.sleeveSpread),
    ];
    // The cuff is perpendicular to the arm.
    const inner: Point = [
      cuff[0] - cut.cuffWidth * Math.sqrt(1 - cut.sleeveSpread * cut.sleeveSpread),
      cuff[1] + cut.cuffWidth * cut.sleeveSpread,
    ];
    const arm: Outline = [
      [middle + cut.neckWidth, cut.top],
      shoulder,
      [shoulder[0] + 1 + cut.sleeve * cut.sleeveSpread * 0.3, shoulder[1] + cut.sleeve * 0.25],
      cuff,
      inner,
      [middle + cut.chest - 0.2, armpitY],
      [middle + cut.neckWidth, armpitY],
    ];
    drawBothSides(canvas, arm, shaded(cloth, 0.88));
  }
  const body: Outline = [
    ...curve(
      [middle, cut.top + cut.neckDepth],
      [middle + cut.neckWidth, cut.top + cut.neckDepth],
      [middle + cut.neckWidth, cut.top],
      4,
    ),
    shoulder,
    [middle + cut.chest, armpitY],
    [middle + cut.waist, cut.waistAt],
    [middle + cut.hem, cut.bottom],
    [middle, cut.bottom + 0.3],
  ];
  canvas.fill(mirrored(body), cloth.paint);
}

function drawBothSides(canvas: Canvas, outline: Outline, paint: Fabric['paint']): void {
  canvas.fill(outline, paint);
  canvas.fill(reflected(outline), paint);
}
