import type { Color } from '../render/scatter.ts';
import { contrast, mix } from '../theme/oklab.ts';
import { makePalette, type PaletteName } from '../theme/palettes.ts';

/** Contrast that WCAG 2 requires for graphics. */
const MIN_CONTRAST = 3;

/**
 * A color for each of the values that are listed, and a gray for all others.
 *
 * @param listed number of values with a color of their own
 */
export function levelColors(
  listed: number,
  hasOthers: boolean,
  background: Color,
  name: PaletteName,
): readonly Color[] {
  const colors = makePalette({ count: listed, name, background });
  return hasOthers ? [...colors, grayOn(background)] : colors;
}

/** The gray next to the background that is still seen well on it. */
function grayOn(background: Color): Color {
  const black: Color = [0, 0, 0];
  const white: Color = [255, 255, 255];
  const far = contrast(background, black) > contrast(background, white) ? black : white;
  for (let share = 0; share < 1; share += 0.02) {
    const gray = mix(background, far, share);
    if (contrast(gray, background) >= MIN_CONTRAST) return gray;
  }
  return far;
}
