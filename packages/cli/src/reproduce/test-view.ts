import type { Engine } from '@shoal/core';
import { buildClustering, type ClusteringData, type ClusteringInput } from '@shoal/viewer/data';
import { picturesOf } from '../report/pages.ts';
import type { LabeledSplit } from './labeled-split.ts';

/** Clusters of the test images, and the values they are found from. */
export interface ClusteredTest extends Pick<
  ClusteringInput,
  'points' | 'labels' | 'model' | 'history' | 'metrics' | 'title'
> {
  /** The name of the space of `points`, when it is not that of the images. */
  readonly space?: string | undefined;
  readonly seed: number;
}

/** The view of a clustering in a report: the test images, without their pictures, which all views share. */
export async function viewTest(
  { space, ...clustered }: ClusteredTest,
  test: LabeledSplit,
  engine: Engine,
  signal: AbortSignal,
): Promise<ClusteringData> {
  const data = await buildClustering({
    ...clustered,
    images: picturesOf(test),
    classes: { labels: test.classes, names: test.classNames },
    most: Infinity,
    engine,
    signal,
  });
  const projection = space === undefined ? data.projection : `${data.projection} of ${space}`;
  return { ...data, projection, points: undefined, images: undefined };
}
