import type { NumberValues } from './table.ts';

/** What coordinates of points are stored as. */
export type PointsKind = 'bytes' | 'float32' | 'float64';

/** The smallest type that holds all values exactly. */
export function smallestKind(columns: readonly NumberValues[]): PointsKind {
  if (columns.every(areBytes)) return 'bytes';
  return columns.every(areFloat32) ? 'float32' : 'float64';
}

function areBytes(values: NumberValues): boolean {
  for (let i = 0; i < values.length; i++) if ((values[i] & 255) !== values[i]) return false;
  return true;
}

function areFloat32(values: NumberValues): boolean {
  for (let i = 0; i < values.length; i++) if (Math.fround(values[i]) !== values[i]) return false;
  return true;
}

/** Zeros of a type. */
export function pointsArray(kind: PointsKind, length: number): Uint8Array | Float32Array | Float64Array {
  switch (kind) {
    case 'bytes':
      return new Uint8Array(length);
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
  }
}
