import { encodeImages, encodeView } from '../data/view-file.ts';
import type { ImageSet } from '../data/types.ts';
import { groupColors } from '../theme/group-colors.ts';
import { clusterTable } from './cluster-table.ts';
import { escapeHtml, escapeScript } from './html.ts';
import { packBytes } from './packed.ts';
import { REPORT_STYLE, WITHOUT_SCRIPTS } from './report-style.ts';
import { staticMap } from './static-map.ts';
import { staticTree } from './static-tree.ts';
import type { Report, ReportMatrix, ReportSection, ReportTable, ReportView } from './types.ts';

/**
 * A report as one HTML file that opens from a disk and makes no requests: the viewer, its data and its style are in it, and
 * its content security policy forbids everything else.
 *
 * @param script the viewer as one script: the text of `@shoal/viewer/standalone`
 */
export async function renderReport(report: Report, script: string): Promise<string> {
  const code = escapeScript(script);
  const data = new DataBlocks();
  const sections: string[] = [];
  for (const section of report.sections) sections.push(await renderSection(section, data));
  const lead = report.lead.map((text) => `<p>${escapeHtml(text)}</p>`);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${await policyFor(code)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(report.title)}</title>`,
    // Otherwise a browser requests an icon, which does not exist, when the page comes from a server.
    '<link rel="icon" href="data:,">',
    `<style>${REPORT_STYLE}</style>`,
    `<noscript><style>${WITHOUT_SCRIPTS}</style></noscript>`,
    '</head>',
    '<body>',
    `<header><h1>${escapeHtml(report.title)}</h1>${lead.join('')}</header>`,
    `<main>${sections.join('\n')}</main>`,
    `<footer><p>${escapeHtml(report.footer)}</p></footer>`,
    ...data.elements,
    `<script type="module">${code}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/**
 * Nothing is loaded, and only this script runs. Styles may be inline, because the viewer's are; pictures come from memory.
 */
async function policyFor(code: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code));
  const text = btoa(String.fromCharCode(...new Uint8Array(hash)));
  return `default-src 'none'; script-src 'sha256-${text}'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
}

/** The data of the views, each in a script element of a type that browsers do not run. */
class DataBlocks {
  readonly elements: string[] = [];
  readonly #images = new Map<ImageSet, string>();
  #views = 0;

  /** @returns attributes of the viewer that shows the data */
  async add({ data }: ReportView): Promise<string> {
    const images = data.images && ` data-images="${await this.#imagesOf(data.images)}"`;
    const id = `view-${this.#views++}`;
    await this.#push(id, encodeView(data, { images: false }));
    return `data-view="${id}"${images ?? ''}`;
  }

  async #imagesOf(images: ImageSet): Promise<string> {
    const known = this.#images.get(images);
    if (known !== undefined) return known;
    const id = `images-${this.#images.size}`;
    this.#images.set(images, id);
    await this.#push(id, encodeImages(images));
    return id;
  }

  async #push(id: string, bytes: Uint8Array): Promise<void> {
    this.elements.push(
      `<script type="application/octet-stream" id="${id}">${await packBytes(bytes)}</script>`,
    );
  }
}

/** The background that the colors of tables and printed maps are for; the viewer has others in the dark. */
const PAPER = [255, 255, 255] as const;

/** Shown in place of a view until it is near enough to be drawn, and where scripts are off. */
const WAITING = '<p slot="empty">This view is drawn when it comes into sight, by a script in this page.</p>';

async function renderSection(section: ReportSection, data: DataBlocks): Promise<string> {
  const { heading, paragraphs = [], tables = [], matrices = [], views = [] } = section;
  const viewers: string[] = [];
  for (const view of views) {
    const attributes = await data.add(view);
    const name = views.length > 1 ? `<h3>${escapeHtml(view.heading)}</h3>` : '';
    const notes = view.data.notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('');
    const { clusters } = groupColors(view.data, 'default', PAPER);
    const table = view.table === true ? clusterTable(view.data, clusters) : '';
    viewers.push(
      `<section class="view">${name}${notes}${table}${staticMap(view.data, clusters)}${staticTree(view.data, clusters)}<cluster-viewer ${attributes}>${WAITING}</cluster-viewer></section>`,
    );
  }
  return [
    `<section><h2>${escapeHtml(heading)}</h2>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    tables.length === 0 ? '' : `<div class="tables">${tables.map(renderTable).join('')}</div>`,
    matrices.length === 0 ? '' : `<div class="tables">${matrices.map(renderMatrix).join('')}</div>`,
    ...viewers,
    '</section>',
  ].join('\n');
}

/** An empty corner is a plain cell: an empty header does not help users of screen readers. */
function columnHeader(text: string): string {
  return text === '' ? '<td></td>' : `<th scope="col">${escapeHtml(text)}</th>`;
}

function renderTable({ caption, head, rows }: ReportTable): string {
  const columns = head.map(columnHeader).join('');
  const body = rows.map(([name = '', ...cells]) => {
    const values = cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('');
    return `<tr><th scope="row">${escapeHtml(name)}</th>${values}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${columns}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** Cells are shaded by their share of the class, so that matching clusters are visible at a glance. */
function renderMatrix({ caption, rows, columns, counts }: ReportMatrix): string {
  const head = ['', ...columns].map(columnHeader).join('');
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
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(caption)}"><table class="matrix"><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
