import type { Color } from '../render/scatter.ts';
import { seenAs, type ColorVision } from './color-vision.ts';
import { mutualNeighbors } from './neighbors.ts';
import { contrast, fromLinear, fromOklch, isInGamut, luminance, oklabToLinear, type Oklab } from './oklab.ts';

export type PaletteName = 'default' | 'colorblind';

export interface PaletteOptions {
  /** Number of colors. */
  readonly count: number;
  readonly name: PaletteName;
  /** Background color. */
  readonly background: Color;
  /** Position of each group on the map, `count` x 2, or NaN; neighbors get colors that differ most. */
  readonly places?: Float32Array | undefined;
}

/** Contrast that WCAG 2 requires for graphics. */
const LEAST_CONTRAST = 3;
const NEIGHBORS = 8;
/** Up to this number of groups, every two colors differ clearly: by at least 0.1 in OKLab on a light or a dark background. */
const DISTINCT = 30;
/** Colors from which those are chosen. */
const CHOICE = 2048;
/** The least number of colors from which more groups choose. */
const SPREAD = 256;
/** Rounds in which groups choose colors; more rounds change little. */
const ROUNDS = 3;
/** Colors of less chroma look gray, which is the color of filtered points. */
const LEAST_CHROMA = 0.05;

/**
 * The colors of a few groups, each set with a contrast of at least 3. Those for color blindness keep the hues of Okabe & Ito
 * (2008) and of Tol (2021); lightness was then changed until every two of them differ by at least 0.104 in OKLab, for
 * everyone: with all cones, without M cones, without L cones.
 */
const FEW: Readonly<Record<PaletteName, Readonly<Record<'light' | 'dark', string>>>> = {
  default: {
    light: '0467b7 d77e00 00ab01 d00100 997eee 721400 f15ea2 45a0a4 706d00 2f00ad 004930 a0007d',
    dark: '00b1ec ff9600 05c43a ff113e ba82ef 9f5e43 ffbeff 1bf5fa d6e51f 1264f1 008858 bd2096',
  },
  colorblind: {
    light: '2b60be d0820e 02a690 442500 5096e8 923875 520045 050d8b 777030 0f5902',
    dark: '5d96f9 b38600 43ffdb b03e00 7ccfff c479a5 a7368a 4059d5 e6e669 72c87d',
  },
};

/** The kinds of vision that a palette is for. */
const VISIONS: Readonly<Record<PaletteName, readonly ColorVision[]>> = {
  default: ['normal'],
  colorblind: ['normal', 'deuteranopia', 'protanopia'],
};

/**
 * One color for each of any number of groups, all distinct, with a contrast of 3 to the background. A few groups get a fixed
 * set, in its order. Up to 30 get further colors, each as different as possible from those before. More get colors spread over
 * hue, lightness and chroma, assigned so that neighboring groups on the map look as different as possible: of the remaining
 * colors, each group takes the one with the largest least difference to its neighbors. The same input gives the same colors.
 */
export function makePalette(options: PaletteOptions): readonly Color[] {
  const { count, name, background } = options;
  const few = FEW[name][luminance(background) > 0.18 ? 'light' : 'dark']
    .split(' ')
    .map(fromHex)
    .filter((color) => contrast(color, background) >= LEAST_CONTRAST);
  if (count <= few.length) return few.slice(0, count);
  if (count <= DISTINCT) {
    return mostDistinct(few, manyColors(few, CHOICE, background), count, VISIONS[name]);
  }
  const neighbors = options.places && mutualNeighbors(options.places, NEIGHBORS);
  return handOut(
    manyColors(few, Math.max(SPREAD, 2 * count), background),
    count,
    neighbors ?? [],
    VISIONS[name],
  );
}

/** A color, and how each kind of vision sees it. */
interface Candidate {
  readonly color: Color;
  readonly looks: readonly Oklab[];
}

/** Adds the color with the largest least difference to the given ones, again and again. */
function mostDistinct(
  few: readonly Color[],
  colors: readonly Color[],
  count: number,
  visions: readonly ColorVision[],
): readonly Color[] {
  const candidates = colors.map((color) => candidateOf(color, visions));
  const least = candidates.map(() => Infinity);
  const given: Color[] = [];
  while (given.length < count) {
    const next = given.length < few.length ? given.length : least.indexOf(Math.max(...least));
    given.push(colors[next]);
    candidates.forEach((candidate, i) => {
      least[i] = Math.min(least[i], squaredDifference(candidate, candidates[next]));
    });
  }
  return given;
}

function candidateOf(color: Color, visions: readonly ColorVision[]): Candidate {
  return { color, looks: visions.map((vision) => seenAs(color, vision)) };
}

/** The least over all kinds of vision. */
function squaredDifference(one: Candidate, other: Candidate): number {
  let least = Infinity;
  for (let vision = 0; vision < one.looks.length; vision++) {
    const [l1, a1, b1] = one.looks[vision];
    const [l2, a2, b2] = other.looks[vision];
    least = Math.min(least, (l1 - l2) ** 2 + (a1 - a2) ** 2 + (b1 - b2) ** 2);
  }
  return least;
}

function handOut(
  colors: readonly Color[],
  count: number,
  neighbors: readonly (readonly number[])[],
  visions: readonly ColorVision[],
): readonly Color[] {
  const left: Candidate[] = colors.map((color) => candidateOf(color, visions));
  const given: Candidate[] = [];
  // Comparing with every remaining color would take O(K^2); the first of them are spread well enough.
  const compared = Math.min(1024, Math.max(64, Math.floor(2 ** 20 / count)));
  for (let round = 0; round < ROUNDS; round++) {
    for (let group = 0; group < count; group++) {
      // From the second round on all neighbors have colors, and a group may find a better one than its own.
      left.unshift(...given.slice(group, group + 1));
      const near = (neighbors.at(group) ?? [])
        .filter((other) => other < given.length)
        .map((other) => given[other]);
      const best = near.length === 0 ? 0 : mostDifferent(left, Math.min(compared, left.length), near);
      [given[group]] = left.splice(best, 1);
    }
  }
  return given.map(({ color }) => color);
}

function mostDifferent(left: readonly Candidate[], compared: number, near: readonly Candidate[]): number {
  let best = 0;
  let most = -1;
  for (let i = 0; i < compared; i++) {
    let least = Infinity;
    for (let j = 0; j < near.length && least > most; j++) {
      least = Math.min(least, squaredDifference(left[i], near[j]));
    }
    if (least > most) {
      most = least;
      best = i;
    }
  }
  return best;
}

/**
 * The fixed colors, then as many more as needed: hue advances by the golden angle, lightness and chroma follow the radical
 * inverses in base 2 and 3, so that the first hundred are spread as well as the first thousand.
 */
function manyColors(few: readonly Color[], most: number, background: Color): Color[] {
  const colors = [...few];
  const seen = new Set(few.map(String));
  for (let i = 1; colors.length < most; i++) {
    // A medium gray background leaves little room for contrast; then distinct colors are more important.
    const needed = i < 40 * most ? LEAST_CONTRAST : 1.5;
    const golden = (i * (3 - Math.sqrt(5))) / 2;
    const lightness = 0.3 + 0.62 * radicalInverse(i, 2);
    const chroma = LEAST_CHROMA + 0.22 * radicalInverse(i, 3);
    const rgb = oklabToLinear(fromOklch(lightness, chroma, golden));
    if (!isInGamut(rgb)) continue;
    const color = fromLinear(rgb);
    if (contrast(color, background) < needed || seen.has(String(color))) continue;
    seen.add(String(color));
    colors.push(color);
  }
  return colors;
}

/** The radical inverse: the digits of a number mirrored at the point, 0.1, 0.01, 0.11, 0.001 ... */
function radicalInverse(number: number, base: number): number {
  let inverse = 0;
  for (let rest = number, place = 1 / base; rest > 0; rest = Math.floor(rest / base), place /= base) {
    inverse += (rest % base) * place;
  }
  return inverse;
}

function fromHex(hex: string): Color {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
