import { WRITTEN_NO_CLUSTER, type ConfusionMatrix } from '@shoal/core';
import { plainTable } from './tables.ts';

/** Greatest number of classes and of clusters that a terminal shows. */
const MAX_SHOWN = 25;

/** A confusion matrix as text: at most 25 classes and clusters, and a line with their numbers. */
export function confusionTable(
  confusion: ConfusionMatrix,
  nameOf: (label: string | number) => string,
): string {
  const classes = confusion.classes.slice(0, MAX_SHOWN);
  const clusters = confusion.clusters.slice(0, MAX_SHOWN);
  const table = plainTable(
    ['class \\ cluster', ...clusters.map(clusterName)],
    classes.map((label, i) => [nameOf(label), ...confusion.counts[i].slice(0, MAX_SHOWN).map(String)]),
  );
  const remark = shownOf(confusion, { classes: classes.length, clusters: clusters.length });
  return remark === undefined ? table : `${table}\n\n  ${remark}`;
}

/** The name of a column of a confusion matrix; empty when no cluster was matched with a class. */
export function clusterName(cluster: ConfusionMatrix['clusters'][number]): string {
  return cluster === WRITTEN_NO_CLUSTER ? 'no cluster' : String(cluster ?? '');
}

/** A sentence that says how much of a confusion matrix is shown; undefined when all of it is shown. */
export function shownOf(
  { classes, clusters, omitted }: ConfusionMatrix,
  shown: { readonly classes: number; readonly clusters: number } = {
    classes: classes.length,
    clusters: clusters.length,
  },
): string | undefined {
  const all = {
    classes: classes.length + (omitted?.classes ?? 0),
    clusters: clusters.length + (omitted?.clusters ?? 0),
  };
  if (shown.classes === all.classes && shown.clusters === all.clusters) return undefined;
  const part = (what: 'classes' | 'clusters'): string =>
    `${shown[what].toLocaleString('en')} of ${all[what].toLocaleString('en')} ${what}`;
  return `This shows ${part('classes')} and ${part('clusters')}.`;
}
