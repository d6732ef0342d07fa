import { formatRatio, formatTime, medianText, oursOf, othersOf } from './format.ts';
import type { BenchReport, BenchRow } from './schema.ts';

/** A table as text: one row of cells per row of the report. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every row with our median, the ratio to the best peer, and each peer's median. */
export function resultTable({ rows }: BenchReport): TextTable {
  return {
    head: ['case', 'Shoal', 'of a', 'ratio', 'target', 'quality', 'share of ceiling', 'others'],
    rows: rows.map(tableRow),
  };
}

function tableRow(row: BenchRow): string[] {
  const name = `${row.case}/${row.workload}`;
  if (row.unavailable !== null) return [name, 'unavailable', '', '', '', '', '', ''];
  const [compared, ...variants] = oursOf(row);
  return [
    name,
    medianText(compared),
    row.timed,
    row.ratio === null ? '' : formatRatio(row.ratio.value),
    row.target === null ? '' : `<= ${formatRatio(row.target)}`,
    compared.quality === null ? '' : `${row.quality.name} ${Number(compared.quality.toPrecision(6))}`,
    shareText(compared),
    [...variants, ...othersOf(row)].map((other) => `${other.name} ${medianText(other)}`).join(', '),
  ];
}

function shareText({ gflops, ceilingGflops }: ReturnType<typeof oursOf>[number]): string {
  if (gflops === null) return '';
  const share = ceilingGflops === null ? '' : `, ${((100 * gflops) / ceilingGflops).toFixed(0)} %`;
  return `${gflops.toPrecision(3)} GFLOP/s${share}`;
}

/** Least and greatest of a row's samples, for those who doubt a median. */
export function spreadText(row: BenchRow): string {
  return row.contenders
    .filter(({ median }) => median !== null)
    .map(({ name, min, max }) => `${name} ${formatTime(min!)} to ${formatTime(max!)}`)
    .join(', ');
}
