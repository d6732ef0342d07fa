import {
  sweepClusterSizes,
  type ClusterSizeSweep,
  type Engine,
  type KMeansMetric,
  type Matrix,
  type RowScalingKind,
} from '@shoal/core';
import type { CommandContext } from '../context.ts';
import { plainTable } from '../output/tables.ts';

/** The method whose least sizes of a cluster are swept. */
export const SIZED_SWEEP = 'hdbscan';

/** What a sweep over least sizes of a cluster takes. */
interface SizeSweep {
  readonly sizes: readonly number[];
  readonly metric?: KMeansMetric | undefined;
  readonly minSamples?: number | undefined;
  readonly scaling?: RowScalingKind | undefined;
  readonly engine: Engine;
}

/** HDBSCAN for several least sizes of a cluster. */
export function sweepSizes(
  points: Matrix,
  options: SizeSweep,
  { signal, progress: onProgress }: Pick<CommandContext, 'signal' | 'progress'>,
): Promise<ClusterSizeSweep> {
  return sweepClusterSizes(points, { ...options, signal, onProgress });
}

/** A sweep as a table; an asterisk marks the pick. */
export function sizesTable({ rows, pick }: ClusterSizeSweep): string {
  const body = rows.map(({ minClusterSize, clusters, noise, persistence, stability }) => [
    String(minClusterSize),
    String(clusters),
    `${(100 * noise).toFixed(1)} %`,
    persistence.toFixed(4),
    `${stability.toFixed(4)} ${minClusterSize === pick ? '*' : ' '}`,
  ]);
  return [
    plainTable(['least size', 'clusters', 'in none', 'persistence', 'stability  '], body),
    pick === undefined
      ? 'No size gives two clusters or more.'
      : `Picked (*): ${pick}, whose clusters change least from one size to the next.`,
  ].join('\n');
}
