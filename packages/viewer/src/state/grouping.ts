import type { ViewColumn } from '../data/columns.ts';
import type { Color } from '../render/scatter.ts';
import type { PaletteName } from '../theme/palettes.ts';
import type { ColumnId } from './column-id.ts';

/** What colors show: clusters, classes, or the values of a column. */
export type ColorBy = 'cluster' | 'class' | ColumnId;

/** Points that share a color: a cluster, a class, or a value of a column. */
export interface Group {
  readonly group: number;
  readonly name: string;
  /** Number of rows in it that were clustered; of a column's values, number of shown points. */
  readonly size: number;
}

/** How points are colored. */
export interface Grouping {
  /** Group of each point; `colors` or more means no group. */
  readonly labels: Uint32Array;
  /** Number of colors, one for each group. */
  readonly colors: number;
  /** The groups with a name; a scale has none. */
  readonly groups: readonly Group[];
  /** Number of such rows without a group, and what they lack: "cluster". */
  readonly without: number;
  readonly lacking: string;
  /** The scale that colors are on, where they show numbers or dates. */
  readonly scale?: ValueScale | undefined;
  /** The color of each group; undefined where they are the theme's own. */
  readonly paletteOn?: ((background: Color, name: PaletteName) => readonly Color[]) | undefined;
}

/** The values that colors show, from the first color to the last. */
export interface ValueScale {
  readonly column: ViewColumn;
  readonly low: number;
  readonly high: number;
  /** Number of points with values below `low` and above `high`, which have the first and the last color. */
  readonly below: number;
  readonly above: number;
  readonly ticks: readonly Tick[];
}

/** A round value on a scale. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}
