import {
  absentPeerTexts,
  noteTexts,
  provenanceTexts,
  QUICK_WARNING,
  refusalTexts,
  shapeText,
} from './format.ts';
import { kernelTable, resultTable, type TextTable } from './table.ts';
import type { BenchReport } from './schema.ts';

/** A report as Markdown, for the documentation: where and with what, the table, and what was refused or absent. */
export function reportMarkdown(report: BenchReport): string {
  const { head, rows } = resultTable(report);
  const described = {
    head: ['case', 'of', ...head.slice(1)],
    rows: rows.map((cells, i) => [cells[0], shapeText(report.rows[i]), ...cells.slice(1)]),
  };
  const sections = [list(provenanceTexts(report)), table(described)];
  if (report.quick) sections.unshift(`**${QUICK_WARNING}**`);
  const kernels = kernelTable(report);
  if (kernels.rows.length > 0) {
    sections.push("Kernels of one iteration, by the device's own clock:", table(kernels));
  }
  const remarks = [...refusalTexts(report), ...absentPeerTexts(report), ...noteTexts(report)];
  if (remarks.length > 0) sections.push(list(remarks));
  return sections.join('\n\n');
}

function table({ head, rows }: TextTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
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
