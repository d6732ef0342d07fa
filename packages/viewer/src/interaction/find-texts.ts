import type { ClusteringData } from '../data/types.ts';
import { columnTitles, integer } from './describe.ts';
import { found, type Finding } from './finding.ts';

/** Names that points have by their numbers, and what these are. */
interface Named {
  readonly title: string;
  readonly names: readonly (string | undefined)[];
  readonly codes: ArrayLike<number>;
}

/**
 * The points that have a text in the name of their class or cluster, or in a text of a column, in small or capital letters.
 *
 * @returns undefined when there are none
 */
export function findTexts(text: string, data: ClusteringData): Finding | undefined {
  const wanted = text.toLowerCase();
  const isFound = new Uint8Array(data.count);
  const places: string[] = [];
  for (const { title, names, codes } of namedIn(data)) {
    const matches = names.map((name) => name?.toLowerCase().includes(wanted) === true);
    if (!matches.includes(true)) continue;
    let count = 0;
    for (let point = 0; point < data.count; point++) {
      const code = codes[point];
      if (code < 0 || code >= matches.length || !matches[code]) continue;
      isFound[point] = 1;
      count++;
    }
    if (count > 0) places.push(`${integer(count)} in ${title}`);
  }
  if (places.length === 0) return undefined;
  const points = Uint32Array.from(isFound.keys()).filter((point) => isFound[point] === 1);
  return found(`with “${text}” (${places.join(', ')})`, points);
}

function namedIn({ classes, clusterNames, labels, columns = [] }: ClusteringData): readonly Named[] {
  const titles = columnTitles(columns);
  return [
    ...(classes === undefined ? [] : [{ title: 'classes', names: classes.names, codes: classes.labels }]),
    ...(clusterNames === undefined
      ? []
      : [{ title: 'names of clusters', names: clusterNames, codes: labels }]),
    ...columns.flatMap((column, i) =>
      column.type === 'text' ? [{ title: titles[i], names: column.texts, codes: column.codes }] : [],
    ),
  ];
}
