import { adjustedRandIndex, KMeans, matrix, Random } from '@shoal/core';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, expect, it } from 'vitest';
import { Umap } from '../src/index.ts';

const engine = await createWasmEngine({ threads: 1 });
afterAll(() => {
  engine.destroy();
});

/** Two half circles, each around an end of the other. */
function twoMoons(rows: number) {
  const random = new Random(1);
  const classes = Uint32Array.from({ length: rows }, (_, i) => i % 2);
  const data = new Float64Array(2 * rows);
  classes.forEach((moon, i) => {
    const angle = (Math.PI * i) / (rows - 1);
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    data[2 * i] = (moon === 0 ? x : 1 - x) + 0.02 * random.normal();
    data[2 * i + 1] = (moon === 0 ? y : 0.5 - y) + 0.02 * random.normal();
  });
  return { points: matrix(data, rows, 2), classes };
}

it.each([2, 10])(
  'parts of a graph lie apart: two moons are two clusters in %i dimensions',
  async (components) => {
    const { points, classes } = twoMoons(160);
    const umap = new Umap({ dimensions: components, minDist: 0, neighbors: 8, engine });
    const model = await umap.fit(points);
    expect(model.warnings).toEqual([expect.stringMatching(/in 2 parts that share no edge/)]);
    const { labels } = await new KMeans({ clusters: 2, engine }).fit(model.embedding);
    expect(adjustedRandIndex(classes, labels)).toBe(1);
  },
);
