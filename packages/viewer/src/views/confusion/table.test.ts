import { clusteringReport } from '@shoal/core';
import { expect, it } from 'vitest';
import { buildClustering } from '../../data/build-clustering.ts';
import { contrast } from '../../theme/oklab.ts';
import { heatOf, heatScale } from './heat.ts';
import { confusionTable, pointsOfCell } from './table.ts';

const labels = [1, 1, 1, 0, 0, 2, 2, 2, 2, 0];
const classes = [0, 0, 1, 1, 1, 0, 2, 2, 2, 2];

it('puts matched clusters on the diagonal, and has the scores of core', async () => {
  const data = await buildClustering({
    labels,
    clusters: 4,
    classes: { labels: classes, names: ['a', 'b', 'c'] },
  });
  const table = confusionTable(data, data.classes!);
  expect(table.columns).toEqual([1, 0, 2, 3]);
  expect(table.counts).toEqual([
    [2, 0, 1, 0],
    [1, 2, 0, 0],
    [0, 1, 3, 0],
  ]);
  expect(table.totals).toEqual([3, 3, 4]);
  const report = clusteringReport(classes, labels);
  expect(table.scores.map(({ value }) => value)).toEqual([
    report.accuracy,
    report.nmi.arithmetic,
    report.ari,
  ]);
  expect(pointsOfCell(data, 2, 2)).toEqual([6, 7, 8]);
  expect(pointsOfCell(data, 2, 3)).toEqual([]);
});

it('has an empty column for a class without a cluster', async () => {
  const data = await buildClustering({
    labels: [0, 0, 0],
    classes: { labels: [0, 0, 1], names: ['a', 'b'] },
  });
  expect(confusionTable(data, data.classes!).columns).toEqual([0, undefined]);
});

it('shows the largest of very many classes, with their numbers', async () => {
  // Class c has c + 1 points, all in cluster c.
  const classes = Array.from({ length: 300 }, (_, c) => new Array<number>(c + 1).fill(c)).flat();
  const data = await buildClustering({ labels: classes, classes: { labels: classes } });
  const table = confusionTable(data, data.classes!);
  const largest = Array.from({ length: 200 }, (_, i) => 100 + i);
  expect(table.numbers).toEqual(largest);
  expect(table.classes).toEqual(largest.map(String));
  expect(table.columns).toEqual(largest);
  expect(table.totals).toEqual(largest.map((c) => c + 1));
  expect(table.omitted).toBe('The largest are shown. Left out: classes 100, clusters 100.');
  expect(table.scores.map(({ value }) => value)).toEqual([1, 1, 1]);
});

it('leaves out classes when their table would be larger than the points', async () => {
  const labels = Array.from({ length: 3_000 }, (_, i) => i);
  const data = await buildClustering({ labels, classes: { labels } });
  expect(data.classes).toBeUndefined();
  expect(data.notes).toContain(
    'The classes are left out: with so many clusters, their table would be too large.',
  );
});

it('shades so that numbers are readable', () => {
  for (const [background, accent] of [
    [
      [255, 255, 255],
      [11, 98, 196],
    ],
    [
      [17, 22, 28],
      [108, 178, 255],
    ],
    [
      [128, 128, 128],
      [200, 90, 90],
    ],
  ] as const) {
    const scale = heatScale({ background, accent });
    for (const { fill, ink } of scale) {
      const bytes = (css: string) => css.match(/\d+/g)!.map(Number) as [number, number, number];
      expect(contrast(bytes(fill), bytes(ink))).toBeGreaterThanOrEqual(4.5);
    }
    expect(heatOf(scale, 0)).toBe(scale[0]);
    expect(heatOf(scale, 1)).toBe(scale.at(-1));
    expect(heatOf(scale, 1e-6)).not.toBe(scale[0]);
  }
});
