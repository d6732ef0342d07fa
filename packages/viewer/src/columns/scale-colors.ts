import type { Color } from '../render/scatter.ts';
import {
  contrast,
  difference,
  fromLinear,
  fromOklch,
  isInGamut,
  luminance,
  oklabToLinear,
  type Oklab,
} from '../theme/oklab.ts';

/** Contrast of every color to the background that WCAG 2 requires for graphics. */
const MIN_CONTRAST = 3;
/** Turns of hue: from a warm light color by green to purple, as in viridis. */
const LIGHT_HUE = 0.27;
const DARK_HUE = 0.83;
const CHROMA = 0.16;
/** Lightness of the color that differs most from the background. */
const FAR = { onLight: 0.24, onDark: 0.95 } as const;
/** Points of the curve that is divided into equal steps. */
const CURVE = 2048;

/**
 * Colors of a scale: lightness only grows or only falls, and neighbors differ by equal steps in OKLab, so that equal
 * differences of values look equal, for every kind of color vision too. Greater values differ more from the background, and
 * all have a contrast of at least 3 to it, as long as there are such colors.
 */
export function scaleColors(count: number, background: Color): readonly Color[] {
  const isLight = luminance(background) > 0.18;
  const far = isLight ? FAR.onLight : FAR.onDark;
  const near = nearestLightness(background, far);
  const curve = Array.from({ length: CURVE }, (_, i) => onCurve(near, far, i / (CURVE - 1)));
  const lengths = new Float64Array(CURVE);
  for (let i = 1; i < CURVE; i++) lengths[i] = lengths[i - 1] + difference(curve[i - 1], curve[i]);
  let at = 0;
  return Array.from({ length: count }, (_, step) => {
    const wanted = (lengths[CURVE - 1] * step) / Math.max(1, count - 1);
    while (at < CURVE - 1 && lengths[at] < wanted) at++;
    return fromLinear(oklabToLinear(curve[at]));
  });
}

/** The lightness next to the background's whose color has enough contrast to it. */
function nearestLightness(background: Color, far: number): number {
  const from = far < 0.5 ? 0.95 : 0.2;
  for (let share = 0; share < 1; share += 0.01) {
    const lightness = from + (far - from) * share;
    const color = fromLinear(oklabToLinear(onCurve(lightness, far, 0)));
    if (contrast(color, background) >= MIN_CONTRAST) return lightness;
  }
  return from;
}

/** The color `share` of the way from the lightness near the background's to the far one, with the chroma that sRGB has. */
function onCurve(near: number, far: number, share: number): Oklab {
  const lightness = near + (far - near) * share;
  const [from, to] = far < near ? [LIGHT_HUE, DARK_HUE] : [DARK_HUE, LIGHT_HUE];
  const hue = from + (to - from) * share;
  let [inside, outside] = [0, CHROMA];
  if (isInGamut(oklabToLinear(fromOklch(lightness, CHROMA, hue)))) inside = CHROMA;
  while (outside - inside > 1e-4) {
    const middle = (inside + outside) / 2;
    if (isInGamut(oklabToLinear(fromOklch(lightness, middle, hue)))) inside = middle;
    else outside = middle;
  }
  return fromOklch(lightness, inside, hue);
}
