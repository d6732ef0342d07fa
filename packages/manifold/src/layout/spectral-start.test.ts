import { Random } from '@shoal/core';
import { symmetricEigen } from '@shoal/core/model-kit';
import { describe, expect, it } from 'vitest';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';
import { spectralStart } from './spectral-start.ts';

/** A ring of vertices with chords, some edges heavier than others. */
function ring(vertices: number): WeightedGraph {
  const lists = Array.from({ length: vertices }, (_, i) =>
    [...new Set([1, 2, 5].flatMap((step) => [(i + step) % vertices, (i + vertices - step) % vertices]))].sort(
      (a, b) => a - b,
    ),
  );
  const offsets = new Uint32Array(vertices + 1);
  lists.forEach((list, i) => (offsets[i + 1] = offsets[i] + list.length));
  const weights = lists.flatMap((list, i) => list.map((j) => 0.2 + (0.7 * ((i * j) % 7)) / 7));
  return { offsets, targets: Uint32Array.from(lists.flat()), weights: Float32Array.from(weights) };
}

describe('spectralStart', () => {
  it('spans the eigenvectors of the least eigenvalues of the Laplacian', async () => {
    const graph = ring(60);
    const start = await spectralStart(graph, { dimensions: 2, random: new Random(1) });
    const dense = laplacian(graph);
    const { values, vectors } = await symmetricEigen(dense, 60);
    // The needed eigenvectors are those of the least eigenvalues, without the very least, which is 0.
    const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
    expect(Math.abs(values[order[0]])).toBeLessThan(1e-6);
    for (let c = 0; c < 2; c++) {
      let inside = 0;
      for (const eigen of order.slice(1, 3)) {
        let dot = 0;
        for (let i = 0; i < 60; i++) dot += start[2 * i + c] * vectors[i * 60 + eigen];
        inside += dot * dot;
      }
      expect(inside).toBeGreaterThan(0.99);
    }
  });

  it('is the same for the same seed, and stops when it is aborted', async () => {
    const options = { dimensions: 3, random: new Random(5) };
    const once = await spectralStart(ring(40), options);
    expect(await spectralStart(ring(40), { ...options, random: new Random(5) })).toEqual(once);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(spectralStart(ring(40), { ...options, signal })).rejects.toThrow('enough');
  });
});

function laplacian({ offsets, targets, weights }: WeightedGraph): Float64Array {
  const n = offsets.length - 1;
  const degrees = Float64Array.from({ length: n }, (_, i) =>
    weights.subarray(offsets[i], offsets[i + 1]).reduce((sum, weight) => sum + weight, 0),
  );
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    out[i * n + i] = 1;
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      out[i * n + targets[edge]] -= weights[edge] / Math.sqrt(degrees[i] * degrees[targets[edge]]);
    }
  }
  return out;
}
