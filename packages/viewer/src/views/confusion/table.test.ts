import { clusteringReport } from '@shoal/core';
import { expect, it } from 'vitest';
import { buildClustering } from '../../data/build-clustering.ts';
import { contrast } from '../../theme/oklab.ts';
import { heatOf, heatScale } from './heat.ts';
import { confusionTable, pointsOfCell } from './table.ts';

const labels = [1, 1, 1, 0, 0, 2, 2, 2, 2, 0];
const classes = [0, 0, 1, 1, 1, 0, 2, 2, 2, 2];

it('puts matched clusters on the diagonal, and scores as core does', async () => {
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

it('shades so that numbers can be read on it', () => {
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
