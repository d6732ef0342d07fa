import type { Random } from '@shoal/core';
import { Pca, type Engine, type Points, type Progress } from '@shoal/core';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';
import type { UmapInit } from '../umap/types.ts';
import { spectralStart } from './spectral-start.ts';

interface StartOptions {
  readonly init: UmapInit;
  readonly dimensions: number;
  readonly engine: Engine;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Width of the box that layouts start in, and the noise that parts points in one place. */
const BOX = 10;
const NOISE = 1e-4;

/** Where the points of a layout start, N x d within [0, 10]. */
export async function startingPositions(
  points: Points,
  graph: WeightedGraph,
  { init, dimensions, engine, random, signal, onProgress }: StartOptions,
): Promise<Float32Array> {
  if (init === 'random') {
    return Float32Array.from({ length: points.rows * dimensions }, () => BOX * random.uniform());
  }
  const onRound = (completed: number, total: number): void =>
    onProgress?.({ phase: 'start', completed, total });
  if (init === 'spectral') {
    return fillBox(await spectralStart(graph, { dimensions, random, signal, onRound }), dimensions, random);
  }
  const components = Math.min(dimensions, points.columns, points.rows);
  const pca = await new Pca({ components, seed: random.seed(), engine }).fit(points, { signal });
  const codes = await pca.transform(points, { signal });
  const start = new Float64Array(points.rows * dimensions);
  for (let i = 0; i < points.rows; i++) {
    for (let c = 0; c < components; c++) start[i * dimensions + c] = codes.data[i * components + c];
  }
  return fillBox(start, dimensions, random);
}

/** Stretches every column to the box; a column that is all the same is nothing but noise. */
function fillBox(start: Float64Array, dimensions: number, random: Random): Float32Array {
  const out = new Float32Array(start.length);
  for (let c = 0; c < dimensions; c++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = c; at < start.length; at += dimensions) {
      low = Math.min(low, start[at]);
      high = Math.max(high, start[at]);
    }
    const scale = high > low ? BOX / (high - low) : 0;
    for (let at = c; at < start.length; at += dimensions) {
      out[at] = (start[at] - low) * scale + NOISE * random.normal();
    }
  }
  return out;
}
