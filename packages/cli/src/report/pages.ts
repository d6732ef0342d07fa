import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JsonValue } from '@shoal/core';
import type { Dataset } from '@shoal/data';
import { chooseImages, type ClusteringData, type ClusteringInput, type ImageSet } from '@shoal/viewer/data';
import type { ReportMatrix } from '@shoal/viewer/report';

// What the pages of runs and of reproductions share.

/** Name of the page in a folder. */
export const REPORT_FILE = 'report.html';

/** Pictures that a run folder and a report keep at most. */
export const MAX_PICTURES = 4000;

type Pictured = Pick<Dataset, 'points' | 'imageShape'>;

/** The points of a dataset as pictures, where they are: one byte a pixel. */
export function picturesOf({ points, imageShape }: Pictured): ClusteringInput['images'] {
  if (imageShape === undefined || !(points.data instanceof Uint8Array)) return undefined;
  const [height, width] = imageShape;
  return { pixels: points.data, width, height };
}

/** The same pictures for all views of the same images: they are most of a report. */
export function sharedImages(views: readonly ClusteringData[], images: Pictured): ImageSet | undefined {
  const pictures = picturesOf(images);
  if (pictures === undefined) return undefined;
  const keep = views.flatMap(({ summaries }) =>
    summaries.flatMap(({ nearest, farthest }) => [...nearest, ...farthest]),
  );
  const points = Uint32Array.from({ length: images.points.rows }, (_, i) => i);
  return chooseImages({ ...pictures, points }, keep, MAX_PICTURES);
}

/** Counts of classes in clusters, by the names of the classes. */
export function confusionMatrix(
  caption: string,
  counts: ReportMatrix['counts'],
  classNames: readonly string[],
): ReportMatrix {
  return {
    caption,
    rows: counts.map((_, i) => classNames[i] ?? String(i)),
    columns: counts[0].map((_, cluster) => String(cluster)),
    counts,
  };
}

/** Metrics as JSON holds them: without what is undefined. */
export function jsonOf(metrics: object): Readonly<Record<string, JsonValue>> {
  return JSON.parse(JSON.stringify(metrics)) as Readonly<Record<string, JsonValue>>;
}

/** The viewer as one script, for pages that are made here. */
export async function viewerScript(): Promise<string> {
  // Also from source this is the built script, as in a published package: a page needs it in one file.
  return readFile(fileURLToPath(import.meta.resolve('@shoal/viewer/standalone')), 'utf8');
}
