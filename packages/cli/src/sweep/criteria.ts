import type { Sweep, SweepCriterion, SweepRow } from '@shoal/core';

/** The values that a sweep shows for a number of clusters, in this order. */
export interface Column {
  readonly name: string;
  /** The criterion that picks a number; absent when more clusters are always better. */
  readonly criterion?: SweepCriterion;
  readonly value: (row: SweepRow) => number | undefined;
  /** The error of the value. */
  readonly error?: (row: SweepRow) => number | undefined;
}

const ALL: readonly Column[] = [
  { name: 'BIC', criterion: 'bic', value: ({ bic }) => bic },
  { name: 'AIC', criterion: 'aic', value: ({ aic }) => aic },
  { name: 'silhouette', criterion: 'silhouette', value: ({ silhouette }) => silhouette },
  { name: 'gap', criterion: 'gap', value: ({ gap }) => gap?.gap, error: ({ gap }) => gap?.error },
  {
    name: 'stability',
    criterion: 'stability',
    value: ({ stability }) => stability?.mean,
    error: ({ stability }) => stability?.deviation,
  },
];

/** The columns for which a sweep has values. */
export function columnsOf({ objective: name, rows }: Sweep): readonly Column[] {
  const objective: Column = { name, value: (row) => row.objective };
  return [objective, ...ALL.filter(({ value }) => rows.some((row) => value(row) !== undefined))];
}
