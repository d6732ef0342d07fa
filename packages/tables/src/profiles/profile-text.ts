import { fitted, wrapped } from './text-width.ts';
import { cellsOf, percent } from './trait-cells.ts';
import type { ClusterProfile, Profiles, Trait } from './types.ts';

export interface ProfileTextOptions {
  /** Columns of the terminal, at least 60; default 80. */
  readonly width?: number | undefined;
  /** Traits shown of each cluster; default 6. */
  readonly traits?: number | undefined;
}

const MIN_WIDTH = 60;
/** A bar is full at so many standard deviations. */
const FULL_BAR = 2.5;
const HALF_BAR = 7;

/**
 * Profiles as a table for a terminal. A line for each trait has the value in the cluster, the value of the others, and a bar of
 * the difference in standard deviations, to the left when it is less than elsewhere. Line breaks in names become spaces;
 * other control characters are left to the caller.
 */
export function profileText(profiles: Profiles, options: ProfileTextOptions = {}): string {
  const { traits: shown = 6 } = options;
  const width = Math.max(MIN_WIDTH, options.width ?? 80);
  const lines = [headings(width)];
  for (const profile of profiles.clusters) {
    lines.push(headLine(profile, width));
    for (const trait of profile.traits.slice(0, shown)) lines.push(traitLine(trait, width));
    if (profile.note !== undefined)
      lines.push(...wrapped(profile.note, width - 2).map((line) => `  ${line}`));
    lines.push('');
  }
  const { rows, withoutCluster, separation } = profiles;
  if (withoutCluster > 0) {
    lines.push(`${countOf(withoutCluster)} in no cluster, ${percent(withoutCluster / rows)}`, '');
  }
  return [...lines, ...wrapped(separation.summary, width)].join('\n');
}

/** Bar, a space on each side, and the number beside it. */
const EFFECT_WIDTH = 2 * HALF_BAR + 1 + ' -0.0'.length + 2;
const VALUE_WIDTH = 11;

/** Room for the column's name, beside the two values and the bar. */
function labelWidth(width: number): number {
  return width - EFFECT_WIDTH - 2 * (VALUE_WIDTH + 1) - 2;
}

function headings(width: number): string {
  const values = `${'here'.padStart(VALUE_WIDTH + 1)}${'others'.padStart(VALUE_WIDTH + 1)}`;
  return `${' '.repeat(labelWidth(width) + 2)}${values}${'std. difference'.padStart(EFFECT_WIDTH)}`;
}

function headLine({ cluster, name, size, share }: ClusterProfile, width: number): string {
  const count = `${countOf(size)}, ${percent(share)}`;
  const number = `${cluster}  `;
  return `${number}${fitted(name, width - number.length - count.length - 1)} ${count}`;
}

function countOf(rows: number): string {
  return `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;
}

function traitLine(trait: Trait, width: number): string {
  const bar = isMiddle(trait) ? '' : ` ${barOf(trait.effect)} ${signed(trait.effect).padStart(5)}`;
  const { label, here, others } = cellsOf(trait);
  const room = labelWidth(width);
  if (others === undefined) {
    return `  ${fitted(`${label}: ${here}`, room + 2 * (VALUE_WIDTH + 1))}${bar}`;
  }
  return `  ${fitted(label, room)} ${here.padStart(VALUE_WIDTH)} ${others.padStart(VALUE_WIDTH)}${bar}`;
}

/** Values between those of the others have no direction to draw. */
function isMiddle(trait: Trait): boolean {
  return 'middle' in trait && trait.middle === true;
}

function signed(effect: number): string {
  return `${effect < 0 ? '-' : '+'}${Math.abs(effect).toFixed(1)}`;
}

/** To the right of its middle for more, to the left for less. */
function barOf(effect: number): string {
  const halves = Math.min(
    2 * HALF_BAR,
    Math.max(1, Math.round((Math.abs(effect) / FULL_BAR) * 2 * HALF_BAR)),
  );
  const blocks = '█'.repeat(halves >> 1);
  const length = (halves + 1) >> 1;
  const space = ' '.repeat(HALF_BAR - length);
  const empty = ' '.repeat(HALF_BAR);
  const isOdd = halves % 2 === 1;
  return effect < 0
    ? `${space}${isOdd ? '▐' : ''}${blocks}│${empty}`
    : `${empty}│${blocks}${isOdd ? '▌' : ''}${space}`;
}
