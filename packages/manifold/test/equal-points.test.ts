import { matrix, Random, type Matrix } from '@shoal/core';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, describe, expect, it } from 'vitest';
import { BalancedCut, Umap, UmapClustering, UmapClusteringModel } from '../src/index.ts';

const engine = await createWasmEngine({ threads: 1 });
afterAll(() => {
  engine.destroy();
});

const COLUMNS = 6;
const random = new Random(8);

/** Points, given by the number of the distinct row that each one is. */
function pointsOf(kinds: readonly number[], rows: readonly Float32Array[]): Matrix {
  return matrix(Float32Array.from(kinds.flatMap((kind) => [...rows[kind]])), kinds.length, COLUMNS);
}

function drawRows(count: number): Float32Array[] {
  return Array.from({ length: count }, () => Float32Array.from({ length: COLUMNS }, () => random.normal()));
}

/** So few epochs that copies of a row are not brought together. */
const umap = { neighbors: 10, epochs: 2 };
const METHODS = [
  { clustering: { method: 'gmm', clusters: 6 } },
  { clustering: { method: 'kmeans', clusters: 6 } },
  { clustering: { method: 'cut', clusters: 6, maxIterations: 50, nInit: 1 } },
] as const;

describe.each(METHODS)('equal points in $clustering.method', ({ clustering }) => {
  const rows = drawRows(80);
  // Three copies of each row, and of one row more copies than it has neighbors.
  const kinds = Array.from({ length: 300 }, (_, i) => (i < 240 ? i % 80 : 7));
  for (let i = kinds.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [kinds[i], kinds[j]] = [kinds[j], kinds[i]];
  }
  const points = pointsOf(kinds, rows);

  it('have the label of the first of them, fitted, predicted and loaded', async () => {
    const model = await new UmapClustering({ clustering, umap, engine }).fit(points);
    const byKind = Uint32Array.from(kinds, (kind) => model.labels[kinds.indexOf(kind)]);
    expect(model.labels).toEqual(byKind);
    // Their places alone would not give this; the graph keeps copies together.
    if (clustering.method !== 'cut') expect(model.clustering.labels).not.toEqual(byKind);
    expect(await model.predict(points)).toEqual(byKind);
    const loaded = UmapClusteringModel.fromState(structuredClone(model.toState()), engine);
    expect(loaded.labels).toEqual(byKind);
    expect(loaded.warnings).toEqual(model.warnings);
    const some = [299, 0, 17, 150];
    const few = pointsOf(
      some.map((i) => kinds[i]),
      rows,
    );
    expect([...(await loaded.predict(few))]).toEqual(some.map((i) => byKind[i]));
  });

  it('are not divided without a warning', async () => {
    const equal = pointsOf(new Array<number>(50).fill(0), rows);
    const two = { ...clustering, clusters: 2 };
    const model = await new UmapClustering({ clustering: two, umap, engine }).fit(equal);
    expect(new Set(model.labels).size).toBe(1);
    expect(model.warnings).toContain(
      'Only 1 of 2 clusters hold points: there may be fewer distinct points than clusters.',
    );
    expect(await model.predict(equal)).toEqual(model.labels);
  });
});

describe('a cut into as many clusters as there are points', () => {
  it('leaves no cluster empty, with any balance it may choose', async () => {
    const points = pointsOf(
      Array.from({ length: 24 }, (_, i) => i),
      drawRows(24),
    );
    const { embedding, graph } = await new Umap({ ...umap, engine }).fit(points);
    const cut = new BalancedCut({ clusters: 24, maxIterations: 200, nInit: 1, engine });
    const model = await cut.fit({ embedding, graph: graph!, points });
    expect(new Set(model.labels).size).toBe(24);
    expect(model.warnings).toEqual([]);
  });
});
