import { matrix, Pca, type Engine, type Matrix, type Random } from '@shoal/core';
import type { Components } from '../graph/components.ts';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';
import { spectralStart } from './spectral-start.ts';

export interface PartsStartOptions {
  readonly dimensions: number;
  readonly engine: Engine;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  /** Called after each part with the number of parts done and the number of all parts. */
  readonly onPart?: ((parts: number, total: number) => void) | undefined;
}

/**
 * The start of a layout when the graph is in parts: each part starts at the Laplacian eigenvectors of its own graph, in
 * a region of its own, as in umap-learn. Few parts are placed along the axes, many at the first principal components of
 * their mean points.
 *
 * @returns N x d
 * @throws the signal's reason when it is aborted
 */
export async function startOfParts(
  points: Matrix,
  graph: WeightedGraph,
  components: Components,
  options: PartsStartOptions,
): Promise<Float64Array> {
  const { dimensions, random, signal, onPart } = options;
  const places = await placesOfParts(points, components, options);
  const members = membersOf(components);
  const positionIn = new Uint32Array(components.labels.length);
  const out = new Float64Array(components.labels.length * dimensions);
  for (let part = 0; part < components.count; part++) {
    const rows = members[part];
    const room = roomAround(places, dimensions, part);
    const start = await startOfPart(subgraph(graph, rows, positionIn), dimensions, random, signal);
    const farthest = largest(start);
    const scale = farthest > 0 ? room / farthest : 0;
    rows.forEach((row, i) => {
      for (let c = 0; c < dimensions; c++) {
        out[row * dimensions + c] = places[part * dimensions + c] + scale * start[i * dimensions + c];
      }
    });
    onPart?.(part + 1, components.count);
  }
  return out;
}

/** A part with fewer vertices than this does not have enough eigenvectors: it starts at random in its region. */
async function startOfPart(
  graph: WeightedGraph,
  dimensions: number,
  random: Random,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const vertices = graph.offsets.length - 1;
  if (vertices < 2 * dimensions || vertices <= dimensions + 1) {
    return Float64Array.from({ length: vertices * dimensions }, () => 2 * random.uniform() - 1);
  }
  return spectralStart(graph, { dimensions, random, signal });
}

/** The middle of each part's region, parts x d, within [-1, 1]. */
async function placesOfParts(
  points: Matrix,
  components: Components,
  { dimensions, engine, random, signal }: PartsStartOptions,
): Promise<Float64Array> {
  const { count } = components;
  const places = new Float64Array(count * dimensions);
  if (count <= 2 * dimensions) {
    const axes = Math.ceil(count / 2);
    for (let part = 0; part < count; part++) {
      places[part * dimensions + (part % axes)] = part < axes ? 1 : -1;
    }
    return places;
  }
  const means = meansOfParts(points, components);
  const width = Math.min(dimensions, means.columns, count);
  const pca = await new Pca({ components: width, seed: random.seed(), engine }).fit(means, { signal });
  const codes = Float64Array.from((await pca.transform(means, { signal })).data);
  const farthest = largest(codes);
  for (let part = 0; part < count; part++) {
    for (let c = 0; c < width; c++) {
      places[part * dimensions + c] = farthest > 0 ? codes[part * width + c] / farthest : 0;
    }
  }
  return places;
}

function meansOfParts({ data, columns, scale }: Matrix, { count, labels }: Components): Matrix {
  const sums = new Float64Array(count * columns);
  const sizes = new Uint32Array(count);
  labels.forEach((part, row) => {
    sizes[part]++;
    for (let j = 0; j < columns; j++) sums[part * columns + j] += data[row * columns + j];
  });
  const means = sums.map((sum, at) => (sum * scale) / sizes[Math.floor(at / columns)]);
  return matrix(means, count, columns);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Half of the distance from a part's place to the nearest other one; 1 when all are in one place. */
function roomAround(places: Float64Array, dimensions: number, part: number): number {
  let nearest = Infinity;
  for (let from = 0; from < places.length; from += dimensions) {
    let square = 0;
    for (let c = 0; c < dimensions; c++) square += (places[from + c] - places[part * dimensions + c]) ** 2;
    if (square > 0) nearest = Math.min(nearest, square);
  }
  return nearest < Infinity ? Math.sqrt(nearest) / 2 : 1;
}

/** Vertices of each part, ascending. */
function membersOf({ count, labels }: Components): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const part of labels) sizes[part]++;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  labels.forEach((part, vertex) => (members[part][sizes[part]++] = vertex));
  return members;
}

/**
 * The graph of one part alone, with new numbers for its vertices.
 *
 * @param positionIn scratch, N values
 */
function subgraph(
  { offsets, targets, weights }: WeightedGraph,
  rows: Uint32Array,
  positionIn: Uint32Array,
): WeightedGraph {
  const own = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    positionIn[row] = i;
    own[i + 1] = own[i] + offsets[row + 1] - offsets[row];
  });
  const ownTargets = new Uint32Array(own[rows.length]);
  const ownWeights = new Float32Array(own[rows.length]);
  rows.forEach((row, i) => {
    ownWeights.set(weights.subarray(offsets[row], offsets[row + 1]), own[i]);
    for (let edge = offsets[row]; edge < offsets[row + 1]; edge++) {
      ownTargets[own[i] + edge - offsets[row]] = positionIn[targets[edge]];
    }
  });
  return { offsets: own, targets: ownTargets, weights: ownWeights };
}
