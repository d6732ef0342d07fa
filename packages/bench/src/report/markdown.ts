import { absentPeerTexts, provenanceTexts, refusalTexts } from './format.ts';
import { resultTable } from './table.ts';
import type { BenchReport } from './schema.ts';

/** A report as Markdown, for the documentation: where and with what, the table, and what was refused or absent. */
export function reportMarkdown(report: BenchReport): string {
  const { head, rows } = resultTable(report);
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  const sections = [
    list(provenanceTexts(report)),
    [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
  ];
  const remarks = [
    ...refusalTexts(report),
    ...absentPeerTexts(report),
    ...report.rows.flatMap((row) =>
      [row.unavailable, ...row.notes].flatMap((note) =>
        note === null ? [] : [`${row.case}/${row.workload}: ${note}`],
      ),
    ),
  ];
  if (remarks.length > 0) sections.push(list(remarks));
  return sections.join('\n\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${escapeText(item)}`).join('\n');
}

function escapeCell(text: string): string {
  return escapeText(text).replaceAll('|', String.raw`\|`);
}

function escapeText(text: string): string {
  return text.replace(/[\\`*_<[\]]/g, String.raw`\$&`).replaceAll('\n', ' ');
}
