import type { Canvas } from './canvas.ts';
import type { Chance } from './chance.ts';
import { fabric, flat, shaded, type Fabric } from './fabric.ts';
import { band, box, curve, ribbon, rounded, type Outline, type Point } from './outline.ts';

// Shoes are seen from the side, their toes to the left.

export function drawSneaker(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'mottled', 'blocks']);
  const ground = chance.within(18.5, 21.5);
  const sole = chance.within(1.4, 3);
  const ankle = ground - chance.around(8, 12.5);
  const toe = ground - sole - chance.within(1.8, 3.4);
  const base = ground - sole;
  const upper: Outline = [
    [0.6, base + 0.3],
    [1.4, toe + 0.6],
    [4.5, toe - 0.4],
    [9, toe - 1.4],
    [14, ankle + 1.6],
    [16.5, ankle + 0.2],
    [18.5, ankle + 1.4],
    [22.5, ankle + 1.6],
    [25.6, ankle],
    [26.8, ankle + 2.4],
    [26.6, base + 0.3],
  ];
  canvas.fill(rounded(upper), cloth.paint);
  const rubber = chance.happens(0.6) ? chance.within(0.75, 1) : cloth.tone * chance.within(0.4, 0.8);
  canvas.fill(rounded(box(0.4, base, 27.4, ground)), flat(rubber));
  const trim = flat(cloth.accent);
  const stripes = chance.pick([0, 1, 2, 3]);
  for (let i = 0; i < stripes; i++) {
    const x = 13.5 + 2.2 * i;
    canvas.fill(band([x, base - 0.4], [x + 2.2, ankle + 3.2], 0.9), trim);
  }
  for (let i = 0; i < 3; i++) {
    const [x, y] = [9.6 + 1.8 * i, toe - 1 - ((toe - ankle - 2) * i) / 3];
    canvas.fill(band([x, y], [x + 1, y + 1.8], 0.6), trim);
  }
  if (chance.happens(0.4)) canvas.fill(rounded(box(1, toe + 0.4, 5, base)), shaded(cloth, 0.7));
}

export function drawAnkleBoot(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'plain', 'mottled'], 0.15);
  const ground = chance.within(25, 27.6);
  const heel = chance.happens(0.5) ? chance.around(2.4, 6.5) : chance.within(1.2, 2.2);
  const shaftTop = chance.around(0.6, 7);
  const front = chance.around(11, 16.5);
  const back = chance.within(25, 27);
  const toe = ground - chance.within(3.6, 5.4);
  const instep = ground - chance.within(8.5, 11) - heel * 0.3;
  const base = ground - 1;
  const upper: Outline = [
    [0.8, base],
    [1, toe + 1],
    [3.8, toe - 0.8],
    [front - 3.5, instep + 2.2],
    [front, instep - 1.6],
    [front + 0.4, shaftTop],
    [back, shaftTop + chance.within(-0.6, 0.8)],
    [back - 0.6, instep],
    [back + 0.4, ground - heel],
    [18, ground - heel],
    [13, base],
  ];
  canvas.fill(rounded(upper), cloth.paint);
  const leather = shaded(cloth, chance.within(0.35, 0.8));
  const block = chance.within(2.2, 6.5);
  canvas.fill(
    [
      [back - block, ground - heel - 0.3],
      [back + 0.4, ground - heel - 0.3],
      [back + chance.within(-0.6, 0.4), ground],
      [back - block + chance.within(0, 1), ground],
    ],
    leather,
  );
  canvas.fill(rounded(box(0.6, base - 0.3, 14.5, ground)), leather);
  const detail = chance.pick(['none', 'gusset', 'strap', 'cuff'] as const);
  const trim = flat(cloth.accent);
  if (detail === 'gusset') {
    canvas.fill(
      [
        [front + 3.5, shaftTop],
        [back - 3, shaftTop],
        [(front + back) / 2 + 0.4, instep + 2],
      ],
      trim,
    );
  } else if (detail === 'strap') {
    canvas.fill(band([front, instep - 0.6], [back - 0.4, instep + 0.8], 1.4), trim);
  } else if (detail === 'cuff') {
    canvas.fill(box(front + 0.4, shaftTop, back, shaftTop + 2), trim);
  }
}

export function drawSandal(canvas: Canvas, chance: Chance): void {
  const cloth = fabric(chance, ['plain', 'plain', 'mottled'], 0.25);
  if (chance.happens(0.5)) drawHeeledSandal(canvas, chance, cloth);
  else drawFlatSandal(canvas, chance, cloth);
}

function drawFlatSandal(canvas: Canvas, chance: Chance, cloth: Fabric): void {
  const ground = chance.within(18, 21.5);
  const thickness = chance.within(1.4, 3.4);
  const wedge = chance.within(0, 2.6);
  const sole: Outline = [
    [0.8, ground - thickness],
    [10, ground - thickness - 0.3],
    [26, ground - thickness - wedge],
    [27.2, ground - thickness - wedge + 1],
    [26.8, ground],
    [1.6, ground],
  ];
  canvas.fill(rounded(sole), shaded(cloth, chance.within(0.6, 1)));
  const straps = chance.pick([1, 2, 3]);
  const height = chance.within(4, 7);
  for (let i = 0; i < straps; i++) {
    const x = 4 + 3.4 * i;
    const top: Point = [x + 3.2, ground - thickness - height - i * 0.8];
    canvas.fill(
      ribbon(
        curve([x, ground - thickness], top, [x + 7.5, ground - thickness - 0.4]),
        chance.within(1.1, 2.2),
      ),
      cloth.paint,
    );
  }
  if (chance.happens(0.65)) {
    const deck = ground - thickness - wedge;
    const strap = curve([15, ground - thickness - 1], [22, deck - chance.within(6, 10)], [26.4, deck], 10);
    canvas.fill(ribbon(strap, chance.within(0.9, 1.6)), cloth.paint);
  }
}

function drawHeeledSandal(canvas: Canvas, chance: Chance, cloth: Fabric): void {
  const ground = chance.within(22, 26);
  const heel = chance.around(6, 12.5);
  const deck = ground - heel;
  const arch = curve([8, ground - 1], [16, ground - 1.5], [26, deck], 8);
  canvas.fill(ribbon([[0.8, ground - 0.8], ...arch], chance.within(1.2, 2.2)), cloth.paint);
  const width = chance.within(0.8, 3.6);
  canvas.fill(
    [
      [25.6 - width * 1.3, deck + 1],
      [26.8, deck],
      [26.4, ground],
      [26.4 - width, ground],
    ],
    shaded(cloth, chance.within(0.6, 0.95)),
  );
  const vamp = chance.within(3, 5.5);
  const toeStrap = curve([2.4, ground - 1], [5.5, ground - 2 * vamp], [11, ground - 2], 8);
  canvas.fill(ribbon(toeStrap, chance.within(1.2, 2.4)), cloth.paint);
  const ankle = deck - chance.within(4, 7.5);
  if (chance.happens(0.75)) {
    canvas.fill(
      ribbon(curve([17.5, ankle + 1.4], [22, ankle + 2.6], [26, ankle + 0.4]), chance.within(0.9, 1.5)),
      cloth.paint,
    );
    canvas.fill(band([26, ankle], [26.2, deck], 1.1), cloth.paint);
  }
  if (chance.happens(0.4)) {
    canvas.fill(ribbon(curve([8, ground - 3], [14, ankle + 6], [18, ankle + 1.6]), 0.9), cloth.paint);
  }
}
