import { InvalidArgumentError, type ClusteringReport, type KMeansPrecision } from '@shoal/core';
import type { ReadOptions, Run } from '@shoal/data';
import { writeRun, type FolderClaim } from '@shoal/data/node';
import type { Arithmetic } from '@shoal/wasm-kernels';
import type { CommandContext } from './context.ts';
import type { FeatureName } from './methods/options.ts';
import { messageOf, saveFolder, type SavedFolder } from './save-folder.ts';

/** The object of `metrics.json`. */
export interface RunMetrics {
  readonly data: string;
  readonly method: string;
  /** How the file was read, where that is not found by each file alone: `predict` reads new rows in the same way. */
  readonly read?: ReadOptions | undefined;
  /** How images were described, when not by their pixels. */
  readonly features?: FeatureName | undefined;
  readonly clusters: number;
  /** Rows of a random sample to which the model was fitted; absent when it was fitted to all. */
  readonly sampleRows?: number | undefined;
  /** Number of training points in no cluster; absent when there are none. */
  readonly withoutCluster?: number | undefined;
  readonly seed: number;
  readonly engine: string;
  /**
   * How the engine added products up, if it has a choice; results of other engines and arithmetics differ in the last
   * digits.
   */
  readonly arithmetic?: Arithmetic | undefined;
  /** How k-means labeled points. */
  readonly precision?: KMeansPrecision | undefined;
  readonly objective: { readonly name: string; readonly value: number };
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly string[];
  readonly seconds: number;
  /** When the fit was done, in ISO 8601. */
  readonly date?: string | undefined;
  /** The command that made the run, as it was typed. */
  readonly command?: string | undefined;
  /** The points that were clustered; absent for a fit in parts. */
  readonly points?: PointsShape | undefined;
  /** How clearly the clusters are apart, if it was measured. */
  readonly silhouette?: MeasuredSilhouette | undefined;
  readonly train?: ClusteringReport | undefined;
  readonly test?: ClusteringReport | undefined;
}

interface PointsShape {
  readonly rows: number;
  readonly columns: number;
  /** Height and width, where points are images. */
  readonly image?: readonly [height: number, width: number] | undefined;
}

export interface MeasuredSilhouette {
  /** Mean over a sample of points, from -1 to 1, in the space of the clusters. */
  readonly value: number;
  /** Number of points in the sample. */
  readonly sample: number;
}

/** Whether an object of JSON is that of a `metrics.json`, as far as a report needs it. */
export function isRunMetrics(value: object): value is RunMetrics {
  const { data, method, engine, clusters, seed, iterations, seconds, converged, warnings, objective } =
    value as Readonly<Record<string, unknown>>;
  const { name, value: reached } = Object(objective) as Readonly<Record<string, unknown>>;
  return (
    [data, method, engine, name].every((text) => typeof text === 'string') &&
    [clusters, seed, iterations, seconds, reached].every((number) => typeof number === 'number') &&
    typeof converged === 'boolean' &&
    Array.isArray(warnings)
  );
}

interface SaveOptions {
  readonly replace: boolean;
  /** The claim on its folder, if the caller has it. */
  readonly claim?: FolderClaim | undefined;
  /** Folders to try when its own folder cannot be written. */
  readonly elsewhere?: readonly string[] | undefined;
}

/**
 * Writes a finished run; see `saveFolder`.
 *
 * @throws {NotSavedError} when it cannot be written anywhere
 */
export async function saveRun(
  folder: string,
  run: Run,
  options: SaveOptions,
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<SavedFolder> {
  const { replace, claim, elsewhere } = options;
  let unfit: unknown;
  const write = async (place: string): Promise<void> => {
    const own = place === folder ? { replace, lock: claim } : {};
    try {
      await writeRun(place, unfit === undefined ? run : withoutHistory(run), own);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError) || unfit !== undefined) throw error;
      // JSON cannot hold NaN. The model is more important than its history, so save it without.
      unfit = error;
      await writeRun(place, withoutHistory(run), own);
    }
  };
  const saved = await saveFolder(folder, 'run', write, elsewhere);
  if (unfit !== undefined) stderr(`warning: the run is saved without its history: ${messageOf(unfit)}`);
  return saved;
}

function withoutHistory(run: Run): Run {
  return { ...run, metrics: {}, history: {} };
}
