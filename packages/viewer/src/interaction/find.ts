import type { ClusteringData } from '../data/types.ts';
import { countOf } from './describe.ts';
import { findByCondition } from './find-by-condition.ts';
import { findTexts } from './find-texts.ts';
import { found, nothing, type Finding } from './finding.ts';
import { pointOfRow } from './rows.ts';
import { where } from './where.ts';

const ROW = /^(?:row\s*)?#?\s*(\d{1,15})$/i;
const CLUSTER = /^cluster\s*#?\s*(\d{1,15})$/i;

/**
 * Finds points by what a reader types: a row ("#123", "row 123", "123"), a cluster ("cluster 3", "no cluster"), a condition on a
 * column ("mass > 4000", "species = Gentoo", "name: smith"), or a part of the name of a class or a cluster, or of a text of any
 * column. Where classes are called "3" or "7", "3" finds the class and "#3" the row.
 */
export function find(query: string, data: ClusteringData): Finding {
  const text = query.trim();
  if (text === '') return nothing('Type a row, a cluster, a class or a text to find.');
  const cluster = CLUSTER.exec(text);
  if (cluster !== null) return findCluster(data, Number(cluster[1]));
  if (/^no cluster$/i.test(text)) {
    return found(
      'without a cluster',
      where(data.labels, data.count, (label) => label >= data.clusters),
    );
  }
  const condition = findByCondition(text, data);
  if (condition !== undefined) return condition;
  const exact = findClasses(data, text, (name, wanted) => name === wanted);
  if (exact !== undefined) return exact;
  const row = ROW.exec(text);
  if (row !== null) return findRow(data, Number(row[1]));
  return findTexts(text, data) ?? nothing(`Nothing is called “${text}”, and no text has it in it.`);
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
