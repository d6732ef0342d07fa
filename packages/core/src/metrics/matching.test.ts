import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { accuracyOf } from './accuracy.ts';
import { clusteringReport, scoreClustering } from './clustering-report.ts';
import { contingencyFromCounts, contingencyTable, denseCounts } from './contingency.ts';
import { linearSumAssignment } from './hungarian.ts';
import { matchClusters, matchGreedily, matchWithinBounds, tryMatchClusters } from './matching.ts';

/** Counts of every size, many of them zero, many equal. */
function someCounts(random: Random, rows: number, columns: number, span: number): number[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => Math.max(0, random.integer(2 * span) - span)),
  );
}

function keeps(counts: readonly (readonly number[])[], matching: Int32Array): number {
  return counts.reduce((sum, row, i) => sum + (matching[i] < 0 ? 0 : row[matching[i]]), 0);
}

describe('matchClusters', () => {
  it('keeps as many points as the Hungarian method on all cells, one to one, with as many pairs as possible', () => {
    const random = new Random(16);
    for (let round = 0; round < 400; round++) {
      const [rows, columns] = [1 + random.integer(12), 1 + random.integer(12)];
      const counts = someCounts(random, rows, columns, round % 2 === 0 ? 2 : 50);
      const table = contingencyFromCounts(counts);
      const best = linearSumAssignment({ costs: denseCounts(table), rows, columns }, { maximize: true });
      const matching = matchClusters(table);
      expect(keeps(counts, matching)).toBe(keeps(counts, best));
      const taken = [...matching].filter((column) => column >= 0);
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken).toHaveLength(Math.min(rows, columns));
      expect(keeps(counts, matchGreedily(table))).toBeLessThanOrEqual(keeps(counts, best));
    }
  });

  it('takes 20,000 classes and clusters of one point each at once', () => {
    const labels = Array.from({ length: 20_000 }, (_, i) => i);
    const shuffled = labels.map((i) => (i * 7919) % 20_000);
    const table = contingencyTable(labels, shuffled);
    expect(accuracyOf(table, matchClusters(table))).toBe(1);
  });

  it('gives up when it would take too long, and a report then has no accuracy', async () => {
    const table = contingencyFromCounts(someCounts(new Random(3), 40, 40, 9));
    expect(matchWithinBounds(table, { mostVisits: 100 })).toBeUndefined();
    expect(await tryMatchClusters(table, { mostVisits: 100 })).toBeUndefined();
    expect(await tryMatchClusters(table, {})).toEqual(matchClusters(table));
  });
});

describe('scoreClustering', () => {
  const random = new Random(5);
  const classes = Array.from({ length: 3_000 }, () => random.integer(400));
  const clusters = classes.map((label) => (random.integer(3) === 0 ? random.integer(500) : label));

  it('is the report, and bounds its matrix by the largest classes', async () => {
    const report = await scoreClustering(classes, clusters);
    expect(report).toEqual(clusteringReport(classes, clusters));
    const { confusion } = report;
    expect([confusion.classes.length, confusion.clusters.length]).toEqual([100, 100]);
    const shown = confusion.counts.flat().reduce((sum, count) => sum + count, 0);
    expect(confusion.omitted).toEqual({
      classes: new Set(classes).size - 100,
      clusters: new Set(clusters).size - 100,
      points: 3_000 - shown,
    });
    const sizeOf = (label: number): number => classes.filter((other) => other === label).length;
    const smallest = Math.min(...confusion.classes.map((label) => sizeOf(label as number)));
    const others = [...new Set(classes)].filter((label) => !confusion.classes.includes(label));
    expect(Math.max(...others.map(sizeOf))).toBeLessThanOrEqual(smallest);
  });

  it('stops when it is aborted', async () => {
    const stop = new AbortController();
    const scoring = scoreClustering(classes, clusters, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(scoring).rejects.toThrow('enough');
  });

  it('scores 5,000 points of 5,000 classes', async () => {
    const own = Array.from({ length: 5_000 }, (_, i) => i);
    const report = await scoreClustering(
      own,
      own.map((i) => i % 6),
    );
    // Six classes can be matched; the pairs in a cluster are all wrong.
    expect(report.accuracy).toBe(6 / 5_000);
    expect(report.ari).toBe(0);
    expect(report.homogeneity).toBeCloseTo(Math.log(6) / Math.log(5_000), 5);
    expect(JSON.stringify(report).length).toBeLessThan(60_000);
  });
});
