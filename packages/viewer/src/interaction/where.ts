/** The points with a wanted label. */
export function where(
  labels: Uint32Array,
  count: number,
  wanted: (label: number) => boolean | undefined,
): Uint32Array {
  const points = new Uint32Array(count);
  let length = 0;
  for (let point = 0; point < count; point++) if (wanted(labels[point]) === true) points[length++] = point;
  return points.slice(0, length);
}
