import type { ReportMatrix } from '@shoal/viewer/report';

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
