import type { JsonValue } from '@shoal/core';
import { isJsonObject } from '../json.ts';

/** Names of a point's coordinates, in the order of RFC 7946. */
const COORDINATES = ['longitude', 'latitude', 'altitude'] as const;

/** Features of GeoJSON as rows. */
export interface FeatureRows {
  readonly rows: readonly JsonValue[];
  readonly note: string;
}

/**
 * Features of a GeoJSON collection as rows: their ids, their properties, and the coordinates of points. Lines and areas have
 * no coordinates that a row could hold.
 *
 * @returns undefined when the values are not features
 */
export function featureRows(features: readonly JsonValue[]): FeatureRows | undefined {
  if (features.length === 0) return undefined;
  let hasShapes = false;
  const rows: JsonValue[] = [];
  for (const feature of features) {
    if (!isJsonObject(feature) || feature['type'] !== 'Feature') return undefined;
    const { id, properties, geometry } = feature;
    const point = coordinatesOf(geometry);
    if (point === undefined && geometry !== null) hasShapes = true;
    rows.push({
      ...(id !== undefined && { id }),
      ...(isJsonObject(properties) ? properties : {}),
      ...point,
    });
  }
  const left = hasShapes ? ' Shapes other than points are left out.' : '';
  return { rows, note: `The rows are the features of a GeoJSON map.${left}` };
}

function coordinatesOf(geometry: JsonValue | undefined): Readonly<Record<string, JsonValue>> | undefined {
  if (!isJsonObject(geometry) || geometry['type'] !== 'Point') return undefined;
  const { coordinates } = geometry;
  if (!Array.isArray(coordinates)) return undefined;
  const values = coordinates as readonly JsonValue[];
  return Object.fromEntries(COORDINATES.slice(0, values.length).map((name, i) => [name, values[i]]));
}
