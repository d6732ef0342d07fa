/** A copy of labels, in as few bytes as they need. */
export function narrowLabels(labels: Uint32Array, clusters: number): Uint8Array | Uint16Array | Uint32Array {
  if (clusters <= 2 ** 8) return Uint8Array.from(labels);
  return clusters <= 2 ** 16 ? Uint16Array.from(labels) : labels.slice();
}
