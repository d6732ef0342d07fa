import type { ClusteringData } from '../data/types.ts';
import { countOf } from './describe.ts';
import { pointOfRow } from './rows.ts';
import { where } from './where.ts';

/** The points that were found, and a description of them. */
export interface Finding {
  readonly points: Uint32Array;
  readonly message: string;
}

const ROW = /^(?:row\s*)?#?\s*(\d{1,15})$/i;
const CLUSTER = /^cluster\s*#?\s*(\d{1,15})$/i;

/**
 * Finds points by a name that a reader types: a row ("#123", "row 123", "123"), a cluster ("cluster 3", "no cluster"), or a
 * class by its name or a part of it. Where classes are called "3" or "7", "3" finds the class and "#3" the row.
 */
export function find(query: string, data: ClusteringData): Finding {
  const text = query.trim();
  if (text === '') return nothing('Type a row, a cluster or a class to find.');
  const cluster = CLUSTER.exec(text);
  if (cluster !== null) return findCluster(data, Number(cluster[1]));
  if (/^no cluster$/i.test(text)) {
    return found(
      'without a cluster',
      where(data.labels, data.count, (label) => label >= data.clusters),
    );
  }
  const exact = findClasses(data, text, (name, wanted) => name === wanted);
  if (exact !== undefined) return exact;
  const row = ROW.exec(text);
  if (row !== null) return findRow(data, Number(row[1]));
  const byPart = findClasses(data, text, (name, wanted) => name.includes(wanted));
  return byPart ?? nothing(`Nothing is called “${text}”.`);
}

function findRow(data: ClusteringData, row: number): Finding {
  const point = pointOfRow(data, row);
  if (point !== undefined) return { points: Uint32Array.of(point), message: `Row ${row} found.` };
  return nothing(
    row < data.total
      ? `Row ${row} is not among the points shown.`
      : `There is no row ${row}: there are ${countOf(data.total, 'row')}, counted from 0.`,
  );
}

function findCluster(data: ClusteringData, cluster: number): Finding {
  if (cluster >= data.clusters) {
    return nothing(
      `There is no cluster ${cluster}: there are ${countOf(data.clusters, 'cluster')}, counted from 0.`,
    );
  }
  return found(
    `in cluster ${cluster}`,
    where(data.labels, data.count, (label) => label === cluster),
  );
}

/** @returns undefined when no class matches */
function findClasses(
  { classes, count }: ClusteringData,
  text: string,
  matches: (name: string, wanted: string) => boolean,
): Finding | undefined {
  if (classes === undefined) return undefined;
  const wanted = text.toLowerCase();
  const named = classes.names.map((name) => matches(name.toLowerCase(), wanted));
  if (!named.includes(true)) return undefined;
  const names = classes.names.filter((_, i) => named[i]).join(', ');
  return found(
    `of class ${names}`,
    where(classes.labels, count, (label) => named[label]),
  );
}

function found(what: string, points: Uint32Array): Finding {
  return { points, message: `${countOf(points.length, 'point')} ${what} found.` };
}

function nothing(message: string): Finding {
  return { points: new Uint32Array(), message };
}
