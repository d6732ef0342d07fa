import { forEachPart, NO_CLUSTER, type PartedPoints } from '@shoal/core';
import type { PartedTable } from '@shoal/data/node';
import type { Table } from '@shoal/tables';
import type { CommandContext } from '../context.ts';
import type { OpenEngine } from '../engines.ts';
import type { ModelWithMemory } from '../methods/method.ts';
import { assignmentsOf } from '../tables/assignments.ts';
import { fitsOf } from '../tables/row-fits.ts';
import { resultsOfRows } from '../tables/row-results.ts';

/** The label of each point, one part after the other. */
export async function predictParts(
  model: Pick<ModelWithMemory, 'predict'>,
  points: PartedPoints,
  { signal, progress: onProgress }: CommandContext,
): Promise<Uint32Array> {
  const labels = new Uint32Array(points.rows);
  let done = 0;
  await forEachPart(
    points,
    signal,
    async (part, start) => {
      labels.set(await model.predict(part, { signal }), start);
      onProgress({ phase: 'predicting', completed: ++done, total: points.parts.length });
    },
    { reuses: true },
  );
  return labels;
}

/**
 * The label of each row of a table: `NO_CLUSTER` for those without a point.
 *
 * @param labels of the points
 */
export function labelsOfAllRows(
  labels: Uint32Array,
  { rows, without }: Pick<PartedTable, 'rows' | 'without'>,
): Uint32Array {
  if (without.length === 0) return labels;
  const all = new Uint32Array(rows);
  let next = 0;
  let point = 0;
  for (let row = 0; row < rows; row++) {
    if (without[next] === row) {
      all[row] = NO_CLUSTER;
      next++;
    } else {
      all[row] = labels[point++];
    }
  }
  return all;
}

/**
 * The rows of a table with their clusters, piece by piece: each piece has one part of the points.
 *
 * @param labels of the points
 * @param clustering says how well points fit their clusters; absent when it is in another space
 */
export async function* assignedPieces(
  { points, pieces, recipe }: PartedTable,
  labels: Uint32Array,
  clustering: ModelWithMemory | undefined,
  { engine }: OpenEngine,
  { signal }: CommandContext,
): AsyncGenerator<Table> {
  let index = 0;
  let start = 0;
  for await (const piece of pieces()) {
    const part = await points.parts[index++].load(signal);
    const own = labels.subarray(start, start + part.rows);
    const fits = clustering && (await fitsOf(clustering, part, own, { engine, signal }));
    start += part.rows;
    // Which rows have points is found again, because it is not kept for every piece.
    const rows = part.rows === piece.rows ? undefined : recipe.transform(piece, { weights: false }).rows;
    const results = rows ? resultsOfRows(piece.rows, rows, { labels: own, fits }) : { labels: own, fits };
    yield assignmentsOf(piece, results.labels, results.fits);
  }
}
