import { groupColors } from '../theme/group-colors.ts';
import { renderChart } from './bar-chart.ts';
import type { DataBlocks } from './data-blocks.ts';
import { escapeHtml } from './html.ts';
import { PAPER } from './report-style.ts';
import { renderScores } from './scores.ts';
import { staticMap } from './static-map.ts';
import { renderMatrix, renderTable } from './tables.ts';
import type { ReportContent, ReportDetails, ReportSection, ReportView } from './types.ts';

/** A section of a report, as HTML. */
export async function renderSection(section: ReportSection, blocks: DataBlocks): Promise<string> {
  const { heading, views = [], details } = section;
  const viewers: string[] = [];
  for (const view of views) viewers.push(await renderView(view, views.length > 1, blocks));
  return [
    `<section><h2>${escapeHtml(heading)}</h2>`,
    renderContent(section),
    ...viewers,
    details === undefined ? '' : renderDetails(details),
    '</section>',
  ].join('\n');
}

async function renderView(
  { heading, data }: ReportView,
  isNamed: boolean,
  blocks: DataBlocks,
): Promise<string> {
  const name = isNamed ? `<h3>${escapeHtml(heading)}</h3>` : '';
  const notes = data.notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('');
  const { clusters } = groupColors(data, 'default', PAPER);
  return `<section class="view">${name}${notes}<div class="paper">${staticMap(data, clusters)}</div>${await blocks.viewerOf(data)}</section>`;
}

function renderContent({ paragraphs, scores, charts, tables, matrices }: ReportContent): string {
  return [
    ...(paragraphs ?? []).map((text) => `<p>${escapeHtml(text)}</p>`),
    scores === undefined ? '' : renderScores(scores),
    ...(charts ?? []).map(renderChart),
    beside((tables ?? []).map(renderTable)),
    beside((matrices ?? []).map(renderMatrix)),
  ].join('');
}

function beside(tables: readonly string[]): string {
  return tables.length === 0 ? '' : `<div class="tables">${tables.join('')}</div>`;
}

function renderDetails(details: ReportDetails): string {
  return `<details><summary>${escapeHtml(details.summary)}</summary>${renderContent(details)}</details>`;
}
