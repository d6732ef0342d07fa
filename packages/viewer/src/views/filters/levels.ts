import type { ClusteringData } from '../../data/types.ts';
import { levelTexts } from '../../filters/filter-mask.ts';
import { clusterTitle } from '../../interaction/groups.ts';
import { columnOf } from '../../interaction/named-columns.ts';
import type { ValuesFilter } from '../../state/filter.ts';

/** A value that a filter can keep. */
export interface Level {
  /** Its place in the codes of the points. */
  readonly code: number;
  /** What a filter calls it; null for points without a value. */
  readonly value: string | number | null;
  readonly text: string;
}

/** The values of a column, the classes or the clusters, and which of them each point has. */
export interface Levels {
  readonly codes: ArrayLike<number>;
  /** The last one is of the points without a value. */
  readonly levels: readonly Level[];
}

/** @returns undefined for a column without levels */
export function levelsOf(data: ClusteringData, by: ValuesFilter['by']): Levels | undefined {
  if (by === 'cluster') {
    const names = Array.from({ length: data.clusters }, (_, cluster) => clusterTitle(data, cluster));
    return {
      codes: data.labels,
      levels: [...names.map((text, code) => ({ code, value: code, text })), without(names, 'No cluster')],
    };
  }
  if (by === 'class') {
    const { classes } = data;
    return classes && named(classes.names, classes.labels, 'No class');
  }
  const { column } = columnOf(data, by) ?? {};
  const texts = column && levelTexts(column);
  return texts && named(texts.levels, texts.codes, 'No value');
}

function named(names: readonly string[], codes: ArrayLike<number>, none: string): Levels {
  return {
    codes,
    levels: [
      ...names.map((value, code) => ({ code, value, text: value === '' ? '(empty text)' : value })),
      without(names, none),
    ],
  };
}

function without(names: readonly string[], text: string): Level {
  return { code: names.length, value: null, text };
}
