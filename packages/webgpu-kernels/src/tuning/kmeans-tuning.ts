import type { KMeansVariant } from '../sessions/kmeans/resources.ts';

/** The fastest variant of an iteration on an adapter, by `tuningKey`. */
export type KMeansTuning = Readonly<Record<string, KMeansVariant>>;

/** Shapes that share a choice: columns and clusters to the nearest power of two. */
export function tuningKey(columns: number, clusters: number): string {
  return `columns ${nearestPower(columns)}, clusters ${nearestPower(clusters)}`;
}

function nearestPower(count: number): number {
  return 2 ** Math.round(Math.log2(count));
}
