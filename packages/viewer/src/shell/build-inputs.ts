import { buildClustering } from '../data/build-clustering.ts';
import { NO_CLUSTER } from '../data/labels.ts';
import { asMatrix } from '../data/points.ts';
import type { ClusteringData } from '../data/types.ts';
import { inputTable } from './input-table.ts';
import type { ViewerInputs, WorkContext } from './inputs.ts';
import { numberLabels } from './named-labels.ts';
import { readPictures } from './read-pictures.ts';

/**
 * The data of a viewer from the properties that a page set. Labels are the given ones, else those of the model, else no
 * point is in a cluster yet. Nothing while there are neither points nor labels.
 */
export async function buildInputs(
  inputs: ViewerInputs,
  { signal, onProgress }: WorkContext,
): Promise<ClusteringData | undefined> {
  const { points, model, images, classes, columnNames, history, classNames } = inputs;
  const rows = points && asMatrix(points)?.rows;
  const given = inputs.labels && numberLabels(inputs.labels);
  const labels = given?.labels ?? labelsOf(model, rows) ?? (rows && new Uint32Array(rows).fill(NO_CLUSTER));
  if (labels === undefined || labels === 0) return undefined;
  return buildClustering({
    labels,
    clusterNames: given?.clusterNames,
    points,
    columnNames,
    table: inputTable(inputs),
    model,
    classes: classes && { names: classNames, ...classes },
    history,
    images: images && (await readPictures(images, labels.length, signal)),
    signal,
    onProgress,
  });
}

/** A fitted model has the labels of its training points. */
function labelsOf(model: ViewerInputs['model'], rows: number | undefined): ArrayLike<number> | undefined {
  if (model === undefined || !('labels' in model)) return undefined;
  const labels = model.labels as ArrayLike<number>;
  return rows === undefined || labels.length === rows ? labels : undefined;
}
