import { chooseImages, type ClusteringData, type ImageSet } from '@shoal/viewer/data';
import type { LabelledSplit } from '../reproduce/labelled-split.ts';
import { MOST_PICTURES, picturesOf } from './pictures.ts';

/** The same pictures of the test images for all views of them: they are most of a report. */
export function sharedImages(views: readonly ClusteringData[], test: LabelledSplit): ImageSet | undefined {
  const pictures = picturesOf(test);
  if (pictures === undefined) return undefined;
  const keep = views.flatMap(({ summaries }) =>
    summaries.flatMap(({ nearest, farthest }) => [...nearest, ...farthest]),
  );
  const points = Uint32Array.from({ length: test.points.rows }, (_, i) => i);
  return chooseImages({ ...pictures, points }, keep, MOST_PICTURES);
}
