import type { Engine } from '@shoal/core';
import { buildClustering, type ClusteringData, type ClusteringInput } from '@shoal/viewer/data';
import { picturesOf } from '../report/pages.ts';
import type { LabeledSplit } from './labeled-split.ts';

/** Clusters of the test images, and what they are told by. */
export interface ClusteredTest extends Pick<
  ClusteringInput,
  'points' | 'labels' | 'model' | 'history' | 'metrics' | 'title'
> {
  /** What the space is called that `points` are in, when not that of the images. */
  readonly space?: string | undefined;
  readonly seed: number;
}

/** What a report shows of a clustering: the test images, without their pictures, which all views share. */
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
