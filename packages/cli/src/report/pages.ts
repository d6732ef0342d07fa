import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ConfusionMatrix, JsonValue } from '@shoal/core';
import type { Dataset } from '@shoal/data';
import { chooseImages, type ClusteringData, type ClusteringInput, type ImageSet } from '@shoal/viewer/data';
import type { ReportMatrix } from '@shoal/viewer/report';
import { clusterName } from '../output/confusion-table.ts';

// The common parts of the pages of runs and of reproductions.

/** Name of the page in a folder. */
export const REPORT_FILE = 'report.html';

/** Greatest number of pictures in a run folder and in a report. */
export const MAX_PICTURES = 4000;

type Pictured = Pick<Dataset, 'points' | 'imageShape'>;

/** The points of a dataset as pictures, if they are images: one byte a pixel. */
export function picturesOf({ points, imageShape }: Pictured): ClusteringInput['images'] {
  if (imageShape === undefined || !(points.data instanceof Uint8Array)) return undefined;
  const [height, width] = imageShape;
  return { pixels: points.data, width, height };
}

/** Gives all views of the same images the same pictures, because pictures are the largest part of a report. */
export function sharedImages(views: readonly ClusteringData[], images: Pictured): ImageSet | undefined {
  const pictures = picturesOf(images);
  if (pictures === undefined) return undefined;
  const keep = views.flatMap(({ summaries }) =>
    summaries.flatMap(({ nearest, farthest }) => [...nearest, ...farthest]),
  );
  const points = Uint32Array.from({ length: images.points.rows }, (_, i) => i);
  return chooseImages({ ...pictures, points }, keep, MAX_PICTURES);
}

/** Counts of classes (rows) in clusters (columns), and the cluster of each column. */
interface MatchedCounts {
  readonly confusion: ReportMatrix['counts'];
  readonly confusionClusters: ConfusionMatrix['clusters'];
}

/** Counts of classes in clusters, by the names of the classes and the numbers of the clusters. */
export function confusionMatrix(
  caption: string,
  { confusion: counts, confusionClusters }: MatchedCounts,
  classNames: readonly string[],
): ReportMatrix {
  return {
    caption,
    rows: counts.map((_, i) => classNames[i] ?? String(i)),
    columns: confusionClusters.map(clusterName),
    counts,
  };
}

/** Metrics as JSON holds them: without undefined values. */
export function jsonOf(metrics: object): Readonly<Record<string, JsonValue>> {
  return JSON.parse(JSON.stringify(metrics)) as Readonly<Record<string, JsonValue>>;
}

/** The viewer as one script, for pages that are made here. */
export async function viewerScript(): Promise<string> {
  // This is the built script, also when running from source: a page needs it in one file.
  return readFile(fileURLToPath(import.meta.resolve('@shoal/viewer/standalone')), 'utf8');
}

/** The workers of the viewer: for fits, and for maps by UMAP. They are served beside its script, by these names. */
export const VIEWER_WORKERS = ['standalone-fit-worker.js', 'standalone-map-worker.js'] as const;

/** The script of a worker of the viewer. */
export async function viewerWorker(name: (typeof VIEWER_WORKERS)[number]): Promise<string> {
  // The built one, as above; the viewer's own script is in `src` when running from source.
  const viewer = import.meta.resolve('@shoal/viewer/standalone');
  return readFile(new URL(`../dist/${name}`, viewer), 'utf8');
}
