import { createReferenceEngine, KMeans, NO_CLUSTER, type Progress } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { Recipe, tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { viewColumns } from '../data/columns.ts';
import { fitRun } from './fit-run.ts';
import type { RunFitSettings, RunTask } from './fit-task.ts';

const { points, classes } = blobs(240, 4, 3, 9);
const engine = createReferenceEngine();
const defaults: RunFitSettings = {
  method: 'kmeans',
  clusters: 3,
  minClusterSize: 10,
  scaling: 'none',
  exclude: [],
  seed: 2,
};

async function fit(settings: Partial<RunFitSettings>, given: Partial<RunTask> = {}) {
  const told: Progress[] = [];
  const count = given.count ?? points.rows;
  const data = await fitRun(
    {
      count,
      positions: new Float32Array(2 * count).map((_, i) => i % 7),
      source: { points, columnNames: ['a', 'b', 'c', 'd'] },
      classes: undefined,
      images: undefined,
      ...given,
      settings: { ...defaults, ...settings },
    },
    { engine, onProgress: (progress) => told.push(progress) },
  );
  return { data, told };
}

describe('fitRun', () => {
  it('clusters points as core does, on the map that is shown', async () => {
    const { data, told } = await fit({});
    const alone = await new KMeans({ clusters: 3, seed: 2, engine }).fit(points);
    expect(data.labels).toEqual(alone.labels);
    expect(data.metrics['inertia']).toBe(alone.inertia);
    expect([...data.positions.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    expect(told.map(({ phase }) => phase)).toContain('iteration 1');
  });

  it('leaves columns out and scales the others, as a recipe does', async () => {
    const { data } = await fit({ exclude: [1, 3], scaling: 'standardize' });
    const column = (j: number) => Array.from({ length: points.rows }, (_, i) => points.data[4 * i + j]);
    const table = tableOf({ a: column(0), c: column(2) });
    const scaled = Recipe.fit(table, { scaling: 'standardize' }).transform(table).points;
    const alone = await new KMeans({ clusters: 3, seed: 2, engine }).fit(scaled);
    expect(data.metrics['inertia']).toBeCloseTo(alone.inertia, 8);
    expect(data.labels).toEqual(alone.labels);
  });

  it('clusters the columns of a table, except for rows without any value', async () => {
    const table = tableOf({
      size: [1, 1.1, 9, 9.2, null, 1.05],
      kind: ['a', 'a', 'b', 'b', null, 'a'],
    });
    const { data } = await fit(
      { clusters: 2, scaling: 'auto' },
      { count: 6, source: { columns: viewColumns(table, 6) } },
    );
    const [one, , two] = data.labels;
    expect([...data.labels]).toEqual([one, one, two, two, NO_CLUSTER, one]);
    expect(data.notes.join(' ')).toContain('standardized');
  });

  it('chooses the number of clusters, and says why', async () => {
    const { data } = await fit({ clusters: 'auto' });
    expect(data.clusters).toBe(3);
    expect(data.notes[0]).toMatch(/^3 clusters: .*silhouette 3/);
    expect(new Set(Array.from(classes, (label, i) => `${label} ${data.labels[i]}`)).size).toBe(3);
  });

  it('runs methods that find the number of clusters themselves, with their tree', async () => {
    const { data } = await fit({ method: 'hdbscan', clusters: 99 });
    expect(data.clusters).toBe(3);
    expect(data.tree?.kind).toBe('condensed-tree');
  });

  it('rejects what core rejects', async () => {
    await expect(fit({ clusters: 1000 })).rejects.toThrow(/1000/);
    await expect(fit({ exclude: [0, 1, 2, 3] })).rejects.toThrow(/column/);
  });
});
