import type { Color } from '../render/scatter.ts';
import { luminance } from './oklab.ts';
import type { Theme } from './theme.ts';

/** What of a theme styles decide; which group has which colour comes from the data. */
export type BaseTheme = Omit<Theme, 'palette' | 'clusters' | 'classes'>;

/** Where styles put the colours to be read: any property that holds one and is drawn nowhere. */
const PROBED = {
  background: 'background-color',
  text: 'color',
  muted: 'outline-color',
  accent: 'text-decoration-color',
} as const;

/**
 * Reads the colours that an element's custom properties come to, however they were written: by name, `light-dark()`,
 * `color-mix()`, or as the system's own in forced colours.
 *
 * @param probe styled by `probeStyles`
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

/** @param css a colour in any of CSS's notations @returns its bytes in sRGB; transparency shows white */
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
