import type { ClusteringReport } from '@shoal/core';
import type { ReportDetails, ReportMatrix, ReportScore, ReportSection } from '@shoal/viewer/report';
import { clusterName, shownOf } from '../output/confusion-table.ts';
import { scoreRows } from '../output/score-rows.ts';

/** Scores of a part of the data: of training or of test points. */
export interface ScoredPart {
  readonly name: string;
  readonly scores: ClusteringReport;
}

/** What the scores in front mean, for a reader who has not met them. */
export const SCORE_MEANINGS = {
  accuracy:
    'The share of rows that are in the cluster matched with their class, where each class gets at most one cluster.',
  nmi: 'How much clusters and classes tell about each other: 0 nothing, 1 everything. Normalized mutual information.',
  ari: 'How often pairs of rows are together in both, or apart in both: 0 as by chance, 1 always. Adjusted Rand index.',
} as const;

/** A confusion matrix is read by eye: with more rows or columns it is not. */
const MAX_SHOWN = 30;

/** The scores of clusters against known classes: three of them, and the others behind a click. */
export function scoreSection(
  parts: readonly ScoredPart[],
  classNames: readonly string[] | undefined,
): ReportSection {
  return {
    heading: 'How well the clusters match the known classes',
    paragraphs: ['The classes were not used to find the clusters.'],
    scores: mainScores(parts),
    details: otherScores(parts, classNames),
  };
}

function mainScores(parts: readonly ScoredPart[]): readonly ReportScore[] {
  const each = (read: (scores: ClusteringReport) => string): ReportScore['values'] =>
    parts.map(({ name, scores }) => ({ of: name, value: read(scores) }));
  return [
    {
      name: 'Accuracy',
      values: each(({ accuracy }) => (accuracy === null ? 'left out' : `${(100 * accuracy).toFixed(1)}%`)),
      meaning: SCORE_MEANINGS.accuracy,
    },
    { name: 'NMI', values: each(({ nmi }) => nmi.arithmetic.toFixed(3)), meaning: SCORE_MEANINGS.nmi },
    { name: 'ARI', values: each(({ ari }) => ari.toFixed(3)), meaning: SCORE_MEANINGS.ari },
  ];
}

function otherScores(parts: readonly ScoredPart[], classNames: readonly string[] | undefined): ReportDetails {
  const columns = parts.map(({ scores }) => scoreRows(scores));
  return {
    summary: 'All scores, and which class is in which cluster',
    tables: [
      {
        caption: 'All scores; 1 is best',
        head: ['', ...parts.map(({ name }) => name)],
        rows: columns[0].map(([score], i) => [score, ...columns.map((column) => column[i][1])]),
      },
    ],
    matrices: parts.map(({ name, scores }) => matrixOf(name, scores, classNames)),
  };
}

function matrixOf(
  name: string,
  { confusion }: ClusteringReport,
  classNames: readonly string[] | undefined,
): ReportMatrix {
  const classes = confusion.classes.slice(0, MAX_SHOWN);
  const clusters = confusion.clusters.slice(0, MAX_SHOWN);
  const remark = shownOf(confusion, { classes: classes.length, clusters: clusters.length });
  return {
    caption: `Rows of each class (left) in each cluster (top), ${name}. ${remark ?? ''}`.trim(),
    rows: classes.map(
      (label) => (typeof label === 'number' ? classNames?.[label] : undefined) ?? String(label),
    ),
    columns: clusters.map(clusterName),
    counts: confusion.counts.slice(0, MAX_SHOWN).map((row) => row.slice(0, MAX_SHOWN)),
  };
}
