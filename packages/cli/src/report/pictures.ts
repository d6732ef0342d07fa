import type { Dataset } from '@shoal/data';
import type { ClusteringInput } from '@shoal/viewer/data';

/** Pictures that a run folder and a report keep at most. */
export const MOST_PICTURES = 4000;

/** The points of a dataset as pictures, where they are: one byte a pixel. */
export function picturesOf({
  points,
  imageShape,
}: Pick<Dataset, 'points' | 'imageShape'>): ClusteringInput['images'] {
  if (imageShape === undefined || !(points.data instanceof Uint8Array)) return undefined;
  const [height, width] = imageShape;
  return { pixels: points.data, width, height };
}
