import type { Color } from '../../render/scatter.ts';
import { contrast, cssColor, mix } from '../../theme/oklab.ts';
import type { Theme } from '../../theme/theme.ts';

const INKS: readonly Color[] = [
  [0, 0, 0],
  [255, 255, 255],
];

/** The colors of a cell. */
export interface Heat {
  readonly fill: string;
  /** Black or white, whichever is easier to read on it: the contrast is at least 4.5 on any color. */
  readonly ink: string;
}

const STEPS = 64;

/** Fills from an empty cell to the whole row, in steps that look equal. */
export function heatScale({ background, accent }: Pick<Theme, 'background' | 'accent'>): readonly Heat[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const fill = mix(background, accent, step / STEPS);
    const ink = contrast(fill, INKS[0]) >= contrast(fill, INKS[1]) ? INKS[0] : INKS[1];
    return { fill: cssColor(fill), ink: cssColor(ink) };
  });
}

/** @param share of the row, from 0 to 1; its square root sets the color, so that small shares are visible, too */
export function heatOf(scale: readonly Heat[], share: number): Heat {
  return scale[share > 0 ? Math.max(2, Math.round(Math.sqrt(share) * STEPS)) : 0];
}
