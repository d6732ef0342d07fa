import { join } from 'node:path';
import { pointsOfHierarchy, type Hierarchy } from '@shoal/core';
import { RUN_FILES } from '@shoal/data';
import { readBytes, readRun } from '@shoal/data/node';
import { decodeView, VIEW_FILE } from '@shoal/viewer/data';
import type { CommandContext } from '../context.ts';
import { openEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { accessing } from '../file-errors.ts';
import { loadModel } from '../methods/features.ts';

/** The tree of a run. */
export interface RunTree {
  readonly hierarchy: Hierarchy;
  /** Cluster of each point of the tree in the run, N values. */
  readonly labels: Uint32Array;
  /** The row of the input of each point, N values; absent when all rows have a point. */
  readonly rows?: Uint32Array | undefined;
  /** Number of rows of the input. */
  readonly total: number;
}

/**
 * Loads the tree of a run. No engine computes for it.
 *
 * @throws {UsageError} when the method of the run has no tree
 */
export async function readRunTree(run: string, context: CommandContext): Promise<RunTree> {
  const { signal } = context;
  const { model: state, labels: saved } = await accessing(run, readRun(run, { signal }));
  const opened = await openEngine({ name: 'reference' }, context);
  try {
    const model = await loadModel(state, opened);
    const { hierarchy } = model;
    model.destroy?.();
    if (hierarchy === undefined) {
      throw new UsageError(
        `The run "${run}" has no tree: its method does not make one. HDBSCAN, agglomerative clustering and bisecting k-means do.`,
      );
    }
    const points = pointsOfHierarchy(hierarchy);
    const all = Uint32Array.from(saved, Number);
    if (points === all.length) return { hierarchy, labels: all, total: all.length };
    const rows = await rowsOfPoints(run, points, signal);
    return { hierarchy, labels: rows.map((row) => all[row]), rows, total: all.length };
  } finally {
    opened.destroy();
  }
}

/** Rows with missing values may have no point; the viewer's file knows which. */
async function rowsOfPoints(run: string, points: number, signal: AbortSignal): Promise<Uint32Array> {
  const file = join(run, VIEW_FILE);
  const bytes = await accessing(file, readBytes(file, { signal, maxBytes: Infinity }));
  const { rows } = decodeView(bytes, file);
  if (rows?.length === points) return rows;
  throw new UsageError(
    `Some rows of the input had no point, and ${RUN_FILES.model} does not say which. Fit again with --missing, so that all have one.`,
  );
}
