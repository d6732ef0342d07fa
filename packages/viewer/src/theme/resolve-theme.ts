import type { Color } from '../render/scatter.ts';
import { luminance } from './oklab.ts';
import type { Theme } from './theme.ts';

/** The part of a theme that depends on styles; the colors of groups depend on the data. */
export type BaseTheme = Omit<Theme, 'palette' | 'clusters' | 'classes'>;

/** CSS properties from which the colors are read: they can contain a color and are not drawn. */
const PROBED = {
  background: 'background-color',
  text: 'color',
  muted: 'outline-color',
  accent: 'text-decoration-color',
} as const;

/**
 * Reads the computed colors of an element's custom properties in any notation: names, `light-dark()`, `color-mix()`, or
 * system colors in forced colors mode.
 *
 * @param probe an element with the styles `probeStyles`
 */
export function resolveTheme(probe: HTMLElement): BaseTheme {
  const style = getComputedStyle(probe);
  const read = (name: keyof typeof PROBED): Color => readColor(style.getPropertyValue(PROBED[name]));
  const background = read('background');
  return {
    dark: luminance(background) <= 0.18,
    background,
    text: read('text'),
    muted: read('muted'),
    accent: read('accent'),
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  };
}

/** @param css a color in any CSS notation @returns its bytes in sRGB, blended over white */
function readColor(css: string): Color {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, 1, 1);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
