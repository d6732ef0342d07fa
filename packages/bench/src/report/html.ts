import { escapeHtml } from '@shoal/viewer/report';
import {
  absentPeerTexts,
  formatRatio,
  medianText,
  provenanceTexts,
  QUICK_WARNING,
  refusalTexts,
} from './format.ts';
import { scalingCells, scalingChart } from './scaling-chart.ts';
import type { BenchContender, BenchReport, BenchRow } from './schema.ts';
import { kernelTable, spreadText } from './table.ts';

/**
 * A report as one page that needs no other file: bars of medians, a table with the same numbers beside them, and the
 * scaling plots if that case ran.
 */
export function reportHtml(report: BenchReport): string {
  const rows = report.rows.filter((row) => row.case !== 'scaling' && row.unavailable === null);
  const remarks = [
    ...refusalTexts(report),
    ...absentPeerTexts(report),
    ...report.rows.flatMap((row) =>
      row.unavailable === null ? [] : [`${row.case}/${row.workload}: ${row.unavailable}`],
    ),
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shoal benchmarks</title>
<style>${STYLE}</style>
<main>
<h1>Shoal benchmarks</h1>
${report.quick ? `<p class="warning">${QUICK_WARNING}</p>` : ''}
${list(provenanceTexts(report))}
${rows.map(section).join('\n')}
${kernels(report)}
${scaling(report)}
${remarks.length > 0 ? `<h2>Refused, absent, unavailable</h2>\n${list(remarks)}` : ''}
</main>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --ours: #1f7a8c; --other: #8a8f98; --line: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 60rem; margin: auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); font-weight: normal; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.bar { width: 45%; }
svg { display: block; width: 100%; height: auto; }
.bar svg { height: 1rem; }
.ours { fill: var(--ours); } .other { fill: var(--other); }
.note { opacity: .75; font-size: .9em; }
.warning { border-left: 4px solid #c77700; padding-left: .75rem; }
`;

function section(row: BenchRow): string {
  const longest = Math.max(...row.contenders.map(({ median }) => median ?? 0));
  const ratio =
    row.ratio === null
      ? ''
      : ` <span class="note">${formatRatio(row.ratio.value)} of ${escapeHtml(row.ratio.peer)}${row.target === null ? '' : `, target at most ${formatRatio(row.target)}`}</span>`;
  const parameters = Object.entries(row.parameters).map(([name, value]) => `${name} ${asText(value)}`);
  return `<h2>${escapeHtml(`${row.case} / ${row.workload}`)}${ratio}</h2>
<p class="note">${escapeHtml(parameters.join(', '))}</p>
<table>
<thead><tr><th scope="col">who</th><th scope="col">median of a ${row.timed}</th><th scope="col">${escapeHtml(row.quality.name)}</th><th scope="col" aria-hidden="true"></th></tr></thead>
<tbody>
${row.contenders.map((contender) => line(contender, longest)).join('\n')}
</tbody>
</table>
<p class="note">${escapeHtml([spreadText(row), ...row.notes].join('. '))}</p>`;
}

function line(contender: BenchContender, longest: number): string {
  const { name, role, dtype, median, quality } = contender;
  const width = median === null || longest === 0 ? 0 : (100 * median) / longest;
  const kind = role === 'ours' ? 'ours' : 'other';
  const bar = `<svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="${kind}" width="${width.toFixed(2)}" height="10"/></svg>`;
  return `<tr><th scope="row">${escapeHtml(dtype === '' ? name : `${name}, ${dtype}`)}</th><td class="number">${medianText(contender)}</td><td class="number">${quality === null ? '' : Number(quality.toPrecision(7))}</td><td class="bar" aria-hidden="true">${bar}</td></tr>`;
}

function kernels(report: BenchReport): string {
  const { head, rows } = kernelTable(report);
  if (rows.length === 0) return '';
  const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`);
  return `<h2>Kernels of one iteration, by the device's own clock</h2>
<table>
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${cells.join('\n')}
</tbody>
</table>`;
}

function scaling(report: BenchReport): string {
  const cells = scalingCells(report);
  if (cells.length === 0) return '';
  const rows = cells.map(
    ({ axis, size, nanoseconds, ratio }) =>
      `<tr><th scope="row">${escapeHtml(axis)}</th><td class="number">${size.toLocaleString('en')}</td><td class="number">${nanoseconds.toPrecision(3)}</td><td class="number">${ratio.toFixed(2)}</td></tr>`,
  );
  return `<h2>Scaling</h2>
${scalingChart(cells, report.engine.device)}
<table>
<thead><tr><th scope="col">varied</th><th scope="col">size</th><th scope="col">ns per point, centroid, dimension</th><th scope="col">times the best</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
