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
    const umap = new Umap({ components, minDist: 0, neighbors: 8, engine });
    const model = await umap.fit(points);
    expect(model.warnings).toEqual([expect.stringMatching(/in 2 parts that share no edge/)]);
    const { labels } = await new KMeans({ clusters: 2, engine }).fit(model.embedding);
    expect(adjustedRandIndex(classes, labels)).toBe(1);
  },
);

it('many parts lie as their mean points do', async () => {
  // Twelve heaps around a circle, more than twice as many as there are dimensions.
  const heaps = 12;
  const size = 20;
  const random = new Random(4);
  const data = Float64Array.from({ length: 2 * size * heaps }, (_, at) => {
    const angle = (2 * Math.PI * (Math.floor(at / 2) % heaps)) / heaps;
    return 50 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + random.normal();
  });
  const umap = new Umap({ neighbors: 6, epochs: 60, engine });
  const { embedding, warnings } = await umap.fit(matrix(data, size * heaps, 2));
  expect(warnings).toEqual([expect.stringMatching(/in 12 parts/)]);
  const middles = Array.from({ length: heaps }, (_, heap) => {
    const middle = [0, 0];
    for (let row = heap; row < size * heaps; row += heaps) {
      middle[0] += embedding.data[2 * row] / size;
      middle[1] += embedding.data[2 * row + 1] / size;
    }
    return middle;
  });
  const between = (a: number, b: number) =>
    Math.hypot(middles[a][0] - middles[b][0], middles[a][1] - middles[b][1]);
  for (let heap = 0; heap < heaps; heap++) {
    expect(between(heap, (heap + 1) % heaps), `heap ${heap}`).toBeLessThan(between(heap, (heap + 6) % heaps));
  }
});
