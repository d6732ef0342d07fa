import { chunkRows, forEachChunk } from '@shoal/core/engine-kit';
import { wordsOf } from '../table/boolean-words.ts';
import { MISSING_BOOLEAN, MISSING_CODE } from '../table/cells.ts';
import type { BooleanColumn, TextColumn } from '../table/table.ts';
import type { Groups } from './groups.ts';

/** How often each level is in each cluster. */
export interface LevelCounts {
  /** The most frequent levels, most frequent first. */
  readonly levels: readonly string[];
  /** Rows of each level, in the order of `levels`. */
  readonly totals: Uint32Array;
  /** (K + 1) x levels, row-major: rows by group and level. */
  readonly counts: Uint32Array;
  /** Rows without a value, by group. */
  readonly missingByCluster: Uint32Array;
}

/** No more levels than this are counted by cluster. */
const MAX_LEVELS = 1000;
/** Greatest number of counts: clusters times levels. */
const MAX_COUNTS = 4_000_000;

export async function countLevels(
  column: BooleanColumn | TextColumn,
  groups: Groups,
  signal: AbortSignal | undefined,
): Promise<LevelCounts> {
  const { values, missing, texts } = codesOf(column);
  const { labels, clusters } = groups;
  const totals = new Uint32Array(texts.length);
  for (const value of values) if (value !== missing) totals[value]++;
  const most = Math.max(1, Math.min(MAX_LEVELS, Math.floor(MAX_COUNTS / (clusters + 1))));
  const kept = [...totals.keys()]
    .filter((code) => totals[code] > 0)
    .sort((a, b) => totals[b] - totals[a] || a - b)
    .slice(0, most);
  const places = new Int32Array(texts.length).fill(-1);
  kept.forEach((code, place) => {
    places[code] = place;
  });
  const counts = new Uint32Array((clusters + 1) * kept.length);
  const missingByCluster = new Uint32Array(clusters + 1);
  await forEachChunk(labels.length, chunkRows(1), signal, (start, end) => {
    for (let row = start; row < end; row++) {
      if (values[row] === missing) missingByCluster[labels[row]]++;
      else if (places[values[row]] >= 0) counts[labels[row] * kept.length + places[values[row]]]++;
    }
  });
  return {
    levels: kept.map((code) => texts[code]),
    totals: Uint32Array.from(kept, (code) => totals[code]),
    counts,
    missingByCluster,
  };
}

function codesOf(column: BooleanColumn | TextColumn) {
  return column.type === 'boolean'
    ? { values: column.values, missing: MISSING_BOOLEAN, texts: wordsOf(column) }
    : { values: column.codes, missing: MISSING_CODE, texts: column.texts };
}
