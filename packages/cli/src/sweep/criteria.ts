import type { Sweep, SweepCriterion, SweepRow } from '@shoal/core';

/** What a sweep shows of a number of clusters, in this order. */
export interface Column {
  readonly name: string;
  /** By which a number is picked; absent where more clusters are always better. */
  readonly criterion?: SweepCriterion;
  readonly value: (row: SweepRow) => number | undefined;
  /** How far off the value may be. */
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

/** The columns a sweep has values for. */
export function columnsOf({ objective: name, rows }: Sweep): readonly Column[] {
  const objective: Column = { name, value: (row) => row.objective };
  return [objective, ...ALL.filter(({ value }) => rows.some((row) => value(row) !== undefined))];
}
