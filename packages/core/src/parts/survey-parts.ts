import { sampleRows } from '../origin/find-origin.ts';
import type { PartedPoints } from './parted-points.ts';
import { forEachPart } from './part-reader.ts';
import { Survey, type PartsSurvey } from './survey.ts';

/**
 * Reads all parts once: ranges and means of the columns, and the rows that `findOrigin` would look at.
 *
 * @throws like `Survey.add`
 */
export async function surveyParts(
  points: PartedPoints,
  weights: Float32Array | undefined,
  signal: AbortSignal | undefined,
): Promise<PartsSurvey> {
  const survey = new Survey(points.columns, sampleRows(points.rows, weights));
  await forEachPart(points, signal, (part, start) => survey.add(part, start, weights, signal), {
    reuses: true,
  });
  return survey.conclude();
}
