import { escapeHtml } from './html.ts';
import type { ReportMatrix, ReportTable } from './types.ts';

/** A cell whose digits stand below those of others: "0.512 ± 0.004", "12 %", "12.5 s". */
const NUMBER = /^[^a-z]*(?:\de[+-]?\d+|\d s)?$/i;

/** A table with a name for each row. */
export function renderTable({ caption, head, rows }: ReportTable): string {
  const isWords = head.map((_, i) => i > 0 && rows.some((row) => !NUMBER.test(row[i] ?? '')));
  const kind = (column: number): string => (isWords[column] ? ' class="words"' : '');
  const columns = head.map((text, i) => columnHeader(text, kind(i))).join('');
  const body = rows.map(([name = '', ...cells]) => {
    const values = cells.map((text, i) => `<td${kind(i + 1)}>${escapeHtml(text)}</td>`).join('');
    return `<tr><th scope="row">${escapeHtml(name)}</th>${values}</tr>`;
  });
  const table = `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${columns}</tr></thead><tbody>${body.join('')}</tbody></table>`;
  return scrolling(caption, table);
}

/** Cells are shaded by their share of the class, so that matching clusters are visible at a glance. */
export function renderMatrix({ caption, rows, columns, counts }: ReportMatrix): string {
  const head = ['', ...columns].map((text) => columnHeader(text)).join('');
  const body = counts.map((row, i) => {
    const all = Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    );
    const cells = row.map((count) => {
      const percent = Math.round((100 * count) / all);
      return `<td class="${percent >= 50 ? 'most' : ''}" style="--share:${percent}%">${count.toLocaleString('en')}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(rows[i] ?? String(i))}</th>${cells.join('')}</tr>`;
  });
  const table = `<table class="matrix"><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
  return scrolling(caption, table);
}

/** A table that may be wider than the page: it scrolls on a screen, and its shadow says so. */
function scrolling(caption: string, table: string): string {
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(caption)}">${table}</div>`;
}

/** An empty corner is a plain cell: an empty header does not help users of screen readers. */
function columnHeader(text: string, kind = ''): string {
  return text === '' ? '<td></td>' : `<th scope="col"${kind}>${escapeHtml(text)}</th>`;
}
