import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Purity, from 0 to 1: the share of points that belong to the most common class of their cluster. Several clusters may
 * stand for one class, so it grows with the number of clusters. An empty input scores 1. Manning, Raghavan & Schütze,
 * "Introduction to Information Retrieval" (2008), section 16.3.
 */
export const purity: PartitionMeasure = partitionMeasure((table) => {
  if (table.total === 0) return 1;
  const largest = new Float64Array(table.clusters.length);
  for (const { column, count } of table.cells) largest[column] = Math.max(largest[column], count);
  let sum = 0;
  for (const count of largest) sum += count;
  return sum / table.total;
});
