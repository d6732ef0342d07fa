import {
  applyScaling,
  NO_CLUSTER,
  sliceRows,
  type ClusterCenters,
  type ClusterModel,
  type Engine,
  type Matrix,
} from '@shoal/core';
import { setImmediate } from 'node:timers/promises';

/** How points lie to their clusters. */
export interface PointFits {
  /** `distance` to the center of the own cluster, in the space of the clusters, or `probability` of the own cluster. */
  readonly name: 'distance' | 'probability';
  /** N values; NaN for points without a cluster. */
  readonly values: Float64Array;
  /**
   * How far the own cluster is ahead of the second, from 0 (both are as near) to 1; the probability where only that of the own
   * cluster is known; N values.
   */
  readonly margins: Float64Array;
}

/** The parts of a model that say how well a point fits. */
export type MeasuringModel = Pick<ClusterModel, 'centers' | 'predictProba' | 'predictMembership'>;

interface FitPlace {
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/** Rows that are measured without a break, in which Ctrl-C would not be seen. */
const CHUNK_ROWS = 1 << 16;

/**
 * Measures how well points fit their clusters.
 *
 * @param points in the space of the model, N x D
 * @param labels N values
 * @returns undefined for models without probabilities and without centers
 */
export async function fitsOf(
  model: MeasuringModel,
  points: Matrix,
  labels: Uint32Array,
  place: FitPlace,
): Promise<PointFits | undefined> {
  const measure = measureOf(model, place);
  if (measure === undefined) return undefined;
  const values = new Float64Array(points.rows).fill(NaN);
  const margins = new Float64Array(points.rows).fill(NaN);
  for (let start = 0; start < points.rows; start += CHUNK_ROWS) {
    place.signal.throwIfAborted();
    const end = Math.min(points.rows, start + CHUNK_ROWS);
    const measured = await measure.rows(sliceRows(points, start, end));
    for (let i = start; i < end; i++) {
      if (labels[i] === NO_CLUSTER) continue;
      const { own, second } = measured(i - start, labels[i]);
      values[i] = own;
      margins[i] = measure.margin(own, second);
    }
    await setImmediate();
  }
  return { name: measure.name, values, margins };
}

/** The value of the own cluster of a row, and of the best other one. */
type MeasuredRow = (row: number, label: number) => { own: number; second: number };

interface Measure {
  readonly name: PointFits['name'];
  readonly rows: (points: Matrix) => Promise<MeasuredRow>;
  readonly margin: (own: number, second: number) => number;
}

function measureOf(model: MeasuringModel, { engine, signal }: FitPlace): Measure | undefined {
  if (model.predictProba !== undefined) {
    return {
      name: 'probability',
      async rows(points) {
        const { data, columns } = await model.predictProba!(points, { signal });
        return (row, label) => ownAndBest(data, row * columns, columns, label, Math.max);
      },
      margin: (own, second) => Math.max(0, own - second),
    };
  }
  if (model.predictMembership !== undefined) {
    return {
      name: 'probability',
      async rows(points) {
        const { probabilities } = await model.predictMembership!(points, { signal });
        return (row) => ({ own: probabilities[row], second: 0 });
      },
      margin: (own) => own,
    };
  }
  const { centers } = model;
  if (centers === undefined) return undefined;
  return {
    name: 'distance',
    async rows(points) {
      let scaled = points;
      for (const scaling of centers.scalings) {
        const next = await applyScaling(scaled, scaling, engine, { signal });
        if (next.location === 'host') scaled = next;
      }
      const distances = new Float64Array(centers.positions.length / centers.columns);
      return (row, label) => {
        distancesToCenters(scaled, row, centers, distances);
        return ownAndBest(distances, 0, distances.length, label, Math.min);
      };
    },
    margin: (own, second) =>
      second > 0 && Number.isFinite(second) ? Math.max(0, 1 - own / second) : second > 0 ? 1 : 0,
  };
}

/** @param better the better of two values; of all clusters but the own one */
function ownAndBest(
  values: ArrayLike<number>,
  start: number,
  count: number,
  label: number,
  better: (a: number, b: number) => number,
): { own: number; second: number } {
  let second = better === Math.min ? Infinity : 0;
  for (let k = 0; k < count; k++) if (k !== label) second = better(second, values[start + k]);
  return { own: values[start + label], second };
}

function distancesToCenters(
  { data, columns, scale }: Matrix,
  row: number,
  { positions }: ClusterCenters,
  out: Float64Array,
): void {
  for (let k = 0; k < out.length; k++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const difference = data[row * columns + j] * scale - positions[k * columns + j];
      sum += difference * difference;
    }
    out[k] = Math.sqrt(sum);
  }
}
