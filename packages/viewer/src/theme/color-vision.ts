import type { Color } from '../render/scatter.ts';
import { fromLinear, linearToOklab, toLinear, type LinearRgb, type Oklab } from './oklab.ts';

/** How people see colors: with all three kinds of cones, without M cones, without L cones. */
export type ColorVision = 'normal' | 'deuteranopia' | 'protanopia';

type Matrix3 = readonly [LinearRgb, LinearRgb, LinearRgb];

/** Machado, Oliveira & Fernandes, IEEE Trans. Visualization and Computer Graphics 15 (2009), severity 1, linear RGB. */
const SIMULATED: Readonly<Record<Exclude<ColorVision, 'normal'>, Matrix3>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** The color as a person with this vision sees it. */
export function seenAs(color: Color, vision: ColorVision): Oklab {
  return linearToOklab(simulate(toLinear(color), vision));
}

function simulate(rgb: LinearRgb, vision: ColorVision): LinearRgb {
  if (vision === 'normal') return rgb;
  const [red, green, blue] = rgb;
  const [r, g, b] = SIMULATED[vision].map(([x, y, z]) => x * red + y * green + z * blue);
  // A screen can only show colors within sRGB, but the model can leave it.
  return toLinear(fromLinear([r, g, b]));
}
