import { formatRatio, formatTime, medianText, oursOf, othersOf } from './format.ts';
import type { BenchContender, BenchReport, BenchRow } from './schema.ts';

/** A table as text: one row of cells per row of the report. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every row with Shoal's median, the ratio to the best peer, and each peer's median. */
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
    row.ratio === null ? '' : `${formatRatio(row.ratio.value)} of ${row.ratio.peer}`,
    row.target === null ? '' : `<= ${formatRatio(row.target)}`,
    compared.quality === null ? '' : `${row.quality.name} ${Number(compared.quality.toPrecision(6))}`,
    shareText(compared),
    [...variants, ...othersOf(row)]
      .map((other) => `${other.name} ${medianText(other)}${other.once ? ' (once)' : ''}`)
      .join(', '),
  ];
}

function shareText({ gflops, ceilingGflops }: ReturnType<typeof oursOf>[number]): string {
  if (gflops === null) return '';
  const share = ceilingGflops === null ? '' : `, ${((100 * gflops) / ceilingGflops).toFixed(0)} %`;
  return `${gflops.toPrecision(3)} GFLOP/s${share}`;
}

/**
 * The kernels of one iteration of the compared contender and of Shoal's fastest one, with their shares of the GPU's
 * limits.
 */
export function kernelTable({ rows, ceilings: { device } }: BenchReport): TextTable {
  const share = (rate: number, ceiling: number | undefined, unit: string): string =>
    `${rate.toPrecision(3)} ${unit}${ceiling === undefined ? '' : `, ${((100 * rate) / ceiling).toFixed(0)} %`}`;
  const lines = rows.flatMap((row) =>
    kernelContenders(row).flatMap(({ name, kernels }) =>
      kernels.map(({ kernel, dispatches, milliseconds, flops, bytes }) => [
        `${row.case}/${row.workload}`,
        name,
        kernel,
        String(dispatches),
        formatTime(milliseconds),
        flops === null || milliseconds === 0
          ? ''
          : share(flops / milliseconds / 1e6, device?.multiplyAdd, 'GFLOP/s'),
        bytes === null || milliseconds === 0 ? '' : share(bytes / milliseconds / 1e6, device?.copy, 'GB/s'),
      ]),
    ),
  );
  return {
    head: ['case', 'who', 'kernel', 'dispatches', 'time', 'share of multiplying', 'share of copying'],
    rows: lines,
  };
}

function kernelContenders(row: BenchRow): BenchContender[] {
  const ours = oursOf(row);
  const byTime = ours.toSorted((a, b) => (a.median ?? Infinity) - (b.median ?? Infinity));
  return [...new Set([...ours.slice(0, 1), ...byTime.slice(0, 1)])];
}

/** Least and greatest of a row's samples, to judge the median. */
export function spreadText(row: BenchRow): string {
  return row.contenders
    .filter(({ median }) => median !== null)
    .map(({ name, min, max }) => `${name} ${formatTime(min!)} to ${formatTime(max!)}`)
    .join(', ');
}
