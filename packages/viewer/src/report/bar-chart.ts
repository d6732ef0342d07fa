import { escapeHtml } from './html.ts';
import type { ReportBar, ReportChart } from './types.ts';

/** Bars of numbers from 0 to 1, as a table: it is read aloud, and fits a phone. */
export function renderChart({ caption, groups }: ReportChart): string {
  const bodies = groups.map(({ name, bars }) => {
    const head = `<tr class="group"><th scope="rowgroup" colspan="3">${escapeHtml(name)}</th></tr>`;
    return `<tbody>${head}${bars.map(renderBar).join('')}</tbody>`;
  });
  return `<table class="chart"><caption>${escapeHtml(caption)}</caption>${bodies.join('')}</table>`;
}

function renderBar({ name, value, text, isReference }: ReportBar): string {
  const width = `${(100 * Math.max(0, Math.min(1, value))).toFixed(1)}%`;
  const bar = `<i class="bar${isReference === true ? ' rest' : ''}" style="width:${width}"></i>`;
  return `<tr><th scope="row">${escapeHtml(name)}</th><td class="track">${bar}</td><td>${escapeHtml(text)}</td></tr>`;
}
