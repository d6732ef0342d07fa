import type { JsonValue, Matrix } from '@shoal/core';
import type { QualityRule } from '../../bench-case.ts';
import { startingRows } from '../../data/point-sets.ts';
import { lloydWork, type Shape } from '../work.ts';
import type { Work } from '../../bench-case.ts';
import { asBytes, asFloats, describeNoise, devicePoints } from './device-points.ts';

/** For contenders that multiply in TF32 or float16. */
export const NARROW_TOLERANCE = 1e-3;

/** The same iterations in float32 end this close to each other, even with labels that rounding decides. */
export const SAME_INERTIA: QualityRule = { name: 'inertia', tolerance: 1e-5 };

export interface DeviceShape extends Shape {
  readonly bytes?: boolean;
  readonly iterations: number;
  /** Estimated time of a workload, in seconds. */
  readonly seconds: number;
  /** So large that only the default variant of the shape is measured. */
  readonly chosenOnly?: boolean;
}

/** Images, the shapes of papers, and odd ones. */
const SHAPES: Readonly<Record<string, DeviceShape>> = {
  images: { rows: 60_000, columns: 784, clusters: 10, iterations: 20, seconds: 15 },
  'images-u8': { rows: 60_000, columns: 784, clusters: 10, bytes: true, iterations: 20, seconds: 15 },
  'million-64': { rows: 2 ** 20, columns: 32, clusters: 64, iterations: 10, seconds: 15 },
  'million-256': { rows: 2 ** 20, columns: 128, clusters: 256, iterations: 10, seconds: 20 },
  'million-1024': { rows: 2 ** 20, columns: 128, clusters: 1024, iterations: 10, seconds: 25 },
  'million-4096': { rows: 2 ** 20, columns: 128, clusters: 4096, iterations: 5, seconds: 30 },
  'eight-million-1024': {
    ...{ rows: 8_000_000, columns: 128, clusters: 1024, iterations: 3 },
    ...{ seconds: 75, chosenOnly: true },
  },
  'odd-3-7': { rows: 100_000, columns: 3, clusters: 7, iterations: 10, seconds: 5 },
  'odd-3-1000': { rows: 100_000, columns: 3, clusters: 1000, iterations: 5, seconds: 5 },
  'odd-17-7': { rows: 100_000, columns: 17, clusters: 7, iterations: 10, seconds: 5 },
  'odd-17-1000': { rows: 100_000, columns: 17, clusters: 1000, iterations: 5, seconds: 5 },
  'small-128-100': { rows: 5000, columns: 128, clusters: 100, iterations: 5, seconds: 5 },
  'small-784-10-u8': { rows: 5000, columns: 784, clusters: 10, bytes: true, iterations: 5, seconds: 5 },
};

/** The shapes by name; tiny ones for a quick run. */
export function deviceShapes(quick: boolean): (readonly [string, DeviceShape])[] {
  return Object.entries(SHAPES).map(([name, shape]) => [
    name,
    quick ? { ...shape, rows: 300, clusters: Math.min(shape.clusters, 16), iterations: 3 } : shape,
  ]);
}

export interface DeviceTask {
  /** The points for Shoal: float32 or bytes. */
  readonly given: Matrix;
  /** The same values as float32, for peers and the judge. */
  readonly points: Matrix;
  /** K x D, float32. */
  readonly start: Matrix;
}

export async function makeTask(shape: DeviceShape, signal: AbortSignal): Promise<DeviceTask> {
  const values = await devicePoints(shape.rows, shape.columns, signal);
  const given = shape.bytes === true ? asBytes(values) : values;
  const start = startingRows(given, shape.clusters, describeNoise(shape.rows).seed);
  return { given, points: shape.bytes === true ? asFloats(given) : given, start };
}

export function shapeParameters(shape: DeviceShape): Readonly<Record<string, JsonValue>> {
  const { rows, columns, clusters, iterations, bytes = false } = shape;
  const { data, seed } = describeNoise(rows);
  return {
    ...{ rows, columns, clusters },
    dtype: bytes ? 'uint8' : 'float32',
    data: bytes ? `${data}, -3 to 3 as bytes 0 to 255` : data,
    ...{ seed, start: 'K random rows', iterations, tolerance: 0 },
  };
}

/** Work of this number of iterations; bytes are read as they are. */
export function shapeWork(shape: DeviceShape, iterations: number): Work {
  const work = lloydWork(shape, iterations);
  if (shape.bytes !== true) return work;
  return { ...work, bytes: work.bytes / 4, formula: work.formula.replace('4 N D', 'N D') };
}
