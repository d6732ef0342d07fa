/** The order of the rows: by which column, and which way. */
export interface RowOrder {
  readonly column: number;
  readonly descending: boolean;
}

/** Points in the order of their keys; equal ones keep their order, and missing ones are last. */
export function sortPoints(
  points: Uint32Array,
  key: (point: number) => number,
  descending: boolean,
): Uint32Array {
  const keys = Float64Array.from(points, key);
  const sign = descending ? -1 : 1;
  const places = Uint32Array.from(points.keys()).sort((a, b) => {
    const [one, other] = [keys[a], keys[b]];
    if (Number.isNaN(one) || Number.isNaN(other))
      return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
    return one === other ? 0 : sign * (one - other);
  });
  return places.map((place) => points[place]);
}
