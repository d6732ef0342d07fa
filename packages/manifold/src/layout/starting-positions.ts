import { Pca, type Engine, type Matrix, type Progress, type Random } from '@shoal/core';
import type { Components } from '../graph/components.ts';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';
import type { UmapInit } from '../umap/types.ts';
import { spectralStart } from './spectral-start.ts';
import { startOfParts } from './start-of-parts.ts';

interface StartOptions {
  /** The kind of start, or the places themselves, N x d. */
  readonly init: UmapInit | Matrix;
  /** The parts of the graph. */
  readonly components: Components;
  readonly dimensions: number;
  readonly engine: Engine;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Width of the box that layouts start in, and the noise that separates points at the same place. */
const BOX = 10;
const NOISE = 1e-4;

/** Where the points of a layout start, N x d within [0, 10]. */
export async function startingPositions(
  points: Matrix,
  graph: WeightedGraph,
  { init, components, dimensions, engine, random, signal, onProgress }: StartOptions,
): Promise<Float32Array> {
  if (init === 'random') {
    return Float32Array.from({ length: points.rows * dimensions }, () => BOX * random.uniform());
  }
  if (typeof init === 'object') {
    return fillBox(
      Float64Array.from(init.data, (value) => value * init.scale),
      dimensions,
      random,
    );
  }
  const tell = (completed: number, total: number): void => onProgress?.({ phase: 'start', completed, total });
  if (init === 'spectral') {
    const shared = { dimensions, random, signal };
    const start =
      components.count === 1
        ? await spectralStart(graph, { ...shared, onRound: tell })
        : await startOfParts(points, graph, components, { ...shared, engine, onPart: tell });
    return fillBox(start, dimensions, random);
  }
  const width = Math.min(dimensions, points.columns, points.rows);
  const pca = await new Pca({ components: width, seed: random.seed(), engine }).fit(points, { signal });
  const codes = await pca.transform(points, { signal });
  const start = new Float64Array(points.rows * dimensions);
  for (let i = 0; i < points.rows; i++) {
    for (let c = 0; c < width; c++) start[i * dimensions + c] = codes.data[i * width + c];
  }
  return fillBox(start, dimensions, random);
}

/** Stretches every column to the box; a constant column becomes only noise. */
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
