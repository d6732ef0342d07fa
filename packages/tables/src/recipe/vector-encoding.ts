import type { Matrix } from '@shoal/core';
import { numberFacts } from './number-facts.ts';
import { centerAndScale } from './number-encoding.ts';
import { infinite } from './numbers-of.ts';
import type { ChosenScaling, VectorEncoding } from './plan.ts';
import type { BlockWriter } from './write-points.ts';

/** How the components of a vector are scaled: as numbers of their own, or all by one factor. */
export type VectorScaling = ChosenScaling['kind'] | 'as one number';

/**
 * The coordinates of a vector column.
 *
 * @param what the column, for messages
 * @param missing whether a component is missing anywhere
 * @throws {DataError} when values are too far apart for float64
 */
export function fitVector(
  values: Matrix,
  what: string,
  scaling: VectorScaling,
  missing: boolean,
): VectorEncoding {
  const width = values.columns;
  if (scaling === 'none' && !missing) return { kind: 'vector', width, center: 0, scale: 1 };
  const components = Array.from({ length: width }, (_, j) => {
    const component = componentOf(values, j);
    const facts = numberFacts(component, `component ${j} of ${what}`);
    return {
      facts,
      ...centerAndScale(scaling === 'as one number' ? 'standardize' : scaling, facts, component),
    };
  });
  const fill = missing ? components.map(({ facts }) => facts.median) : undefined;
  if (scaling === 'none') return { kind: 'vector', width, fill, center: 0, scale: 1 };
  const variance = components.reduce((sum, { facts }) => sum + facts.deviation ** 2, 0);
  return {
    kind: 'vector',
    width,
    fill,
    center: components.map(({ center }) => center),
    scale: scaling === 'as one number' ? Math.sqrt(variance) || 1 : components.map(({ scale }) => scale),
  };
}

function componentOf({ data, rows, columns, scale }: Matrix, j: number): Float64Array {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) out[i] = data[i * columns + j] * scale;
  return out;
}

/**
 * Whether a component is missing in any row.
 *
 * @throws {DataError} naming the row of the first infinite value
 */
export function hasMissingComponent({ data, columns }: Matrix, what: string): boolean {
  if (data instanceof Uint8Array) return false;
  let missing = false;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value - value === 0) continue;
    if (!Number.isNaN(value)) throw infinite(what, Math.floor(i / columns), value);
    missing = true;
  }
  return missing;
}

/** Writes the coordinates of a vector column. */
export function vectorWriter(values: Matrix, { fill, center, scale, width }: VectorEncoding): BlockWriter {
  const centers = perComponent(center, width);
  const scales = perComponent(scale, width);
  const fills = Float64Array.from({ length: width }, (_, j) => fill?.[j] ?? NaN);
  const { data, columns, scale: factor } = values;
  return ({ rows, out, offset, stride }) => {
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i] * columns;
      const to = offset + i * stride;
      for (let j = 0; j < width; j++) {
        const value = data[from + j] * factor;
        out[to + j] = ((Number.isNaN(value) ? fills[j] : value) - centers[j]) / scales[j];
      }
    }
  };
}

/** One number for each component. */
export function perComponent(values: number | readonly number[], width: number): Float64Array {
  return typeof values === 'number' ? new Float64Array(width).fill(values) : Float64Array.from(values);
}
