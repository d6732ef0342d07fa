import type { ClusteringReport } from '@shoal/core';

/** Scores against classes as rows of a table. */
export function scoreRows(report: ClusteringReport): [string, string][] {
  const rows: [string, number | null][] = [
    ['accuracy (best one-to-one matching)', report.accuracy],
    ['purity', report.purity],
    ['ARI', report.ari],
    ['AMI', report.ami],
    ['NMI arithmetic', report.nmi.arithmetic],
    ['NMI geometric', report.nmi.geometric],
    ['NMI min', report.nmi.min],
    ['NMI max', report.nmi.max],
    ['homogeneity', report.homogeneity],
    ['completeness', report.completeness],
    ['V-measure', report.vMeasure],
    ['Fowlkes-Mallows', report.fowlkesMallows],
  ];
  return rows.map(([name, value]) => [
    name,
    value === null ? 'left out: too many classes overlap' : value.toFixed(4),
  ]);
}
