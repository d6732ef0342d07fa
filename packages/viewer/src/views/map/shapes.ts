import type { Color } from '../../render/scatter.ts';

/** Fill and stroke of a shape. */
export interface Paint {
  readonly fill?: Color | undefined;
  readonly fillOpacity?: number | undefined;
  readonly stroke?: Color | undefined;
  /** CSS pixels. */
  readonly width?: number | undefined;
  /** Lengths of dashes and gaps in CSS pixels. */
  readonly dash?: readonly number[] | undefined;
  readonly opacity?: number | undefined;
}

/** A shape over the points, in CSS pixels from the picture's left and top, for the page and for exports. */
export type Shape =
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly paint: Paint;
    }
  | {
      readonly kind: 'ellipse';
      readonly x: number;
      readonly y: number;
      readonly rx: number;
      readonly ry: number;
      /** Radians, clockwise because y grows downwards. */
      readonly turn: number;
      readonly paint: Paint;
    }
  | { readonly kind: 'polygon'; readonly corners: readonly number[]; readonly paint: Paint }
  | {
      readonly kind: 'text';
      /** Its middle. */
      readonly x: number;
      readonly y: number;
      readonly text: string;
      /** CSS pixels. */
      readonly size: number;
      readonly paint: Paint;
    };

export function css([red, green, blue]: Color): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Black or white, whichever is easier to read on a color: by relative luminance, as WCAG 2 defines it. */
export function readableOn(background: Color): Color {
  const [red, green, blue] = background.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // The luminance L at which the contrast to black, (L + 0.05) / 0.05, and to white, 1.05 / (L + 0.05), are equal.
  return luminance > 0.179 ? [0, 0, 0] : [255, 255, 255];
}
