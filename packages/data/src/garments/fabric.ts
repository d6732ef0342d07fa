import type { Paint } from './canvas.ts';
import type { Chance } from './chance.ts';

export type Pattern = 'plain' | 'stripes' | 'pinstripes' | 'check' | 'mottled' | 'blocks';

/** A cloth: its brightness, its pattern, and a shaded variant for trims, soles and seams. */
export interface Fabric {
  readonly paint: Paint;
  /** Brightness without pattern. */
  readonly tone: number;
  /** A brightness that is clearly different from the cloth. */
  readonly accent: number;
}

/** Draws a cloth, with soft folds and one of the patterns. */
export function fabric(chance: Chance, patterns: readonly Pattern[], darkest = 0.2): Fabric {
  const tone = chance.happens(0.25) ? chance.within(darkest, 0.5) : chance.within(0.5, 0.95);
  const fold = foldedPaint(chance, tone);
  const weave = patternOf(chance, chance.pick(patterns));
  const accent = tone > 0.55 ? tone * chance.within(0.25, 0.7) : tone + chance.within(0.2, 0.5);
  return { tone, accent, paint: (x, y) => fold(x, y) * weave(x, y) };
}

/** The same brightness everywhere. */
export function flat(tone: number): Paint {
  return () => tone;
}

/** The cloth, darker or brighter by a factor. */
export function shaded({ paint }: Fabric, factor: number): Paint {
  return (x, y) => paint(x, y) * factor;
}

function foldedPaint(chance: Chance, tone: number): Paint {
  const fall = chance.within(-0.012, 0.006);
  const depth = chance.within(0.02, 0.14);
  const pitch = chance.within(0.08, 0.22);
  const phase = chance.within(0, 1);
  const slant = chance.within(-0.05, 0.05);
  return (x, y) => tone * (1 + fall * (y - 14) - depth * wave(pitch * x + slant * y + phase));
}

function patternOf(chance: Chance, pattern: Pattern): Paint {
  const depth = chance.within(0.25, 0.7);
  const pitch = chance.within(0.14, 0.3);
  const phase = chance.within(0, 1);
  switch (pattern) {
    case 'plain':
      return flat(1);
    case 'stripes':
      return (_, y) => 1 - depth * wave(pitch * y + phase);
    case 'pinstripes':
      return (x) => 1 - depth * 0.6 * wave(pitch * 1.5 * x + phase);
    case 'check':
      return (x, y) => 1 - depth * 0.55 * (wave(pitch * x + phase) + wave(pitch * y + phase));
    case 'mottled':
      return (x, y) => 1 - depth * wave(pitch * x + wave(0.17 * y + phase)) * wave(pitch * y - 0.11 * x);
    case 'blocks': {
      const edge = chance.within(8, 20);
      const factor = 1 - depth;
      return (_, y) => (y < edge ? 1 : factor);
    }
  }
}

/** A smooth wave of period 1 between 0 and 1, without a sine, because sines differ between platforms. */
function wave(t: number): number {
  const ramp = Math.abs(2 * (t - Math.floor(t)) - 1);
  return ramp * ramp * (3 - 2 * ramp);
}
