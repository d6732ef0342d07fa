import { DataBlocks } from './data-blocks.ts';
import { escapeHtml, escapeScript } from './html.ts';
import { renderOverview } from './render-overview.ts';
import { renderSection } from './render-section.ts';
import { REPORT_STYLE, WITHOUT_SCRIPTS } from './report-style.ts';
import type { Report } from './types.ts';

/**
 * A report as one HTML file that opens from a disk and makes no requests: the viewer, its data and its style are in it, and
 * its content security policy forbids everything else. Its size is bounded for any number of clusters and classes: the
 * caller bounds the points (`sampleClustering`).
 *
 * @param script the viewer as one script: the text of `@shoal/viewer/standalone`
 */
export async function renderReport(report: Report, script: string): Promise<string> {
  const code = escapeScript(script);
  const blocks = new DataBlocks();
  const overview = report.overview && (await renderOverview(report.overview, blocks));
  const sections: string[] = [...(overview?.sections ?? [])];
  for (const section of report.sections) sections.push(await renderSection(section, blocks));
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
    renderHeader(report),
    `<main>${overview?.picture ?? ''}${sections.join('\n')}</main>`,
    `<footer><p>${escapeHtml(report.footer)}</p></footer>`,
    ...blocks.elements,
    `<script type="module">${code}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function renderHeader({ title, lead, command, warnings = [] }: Report): string {
  return [
    `<header><h1>${escapeHtml(title)}</h1>`,
    ...lead.map((text) => `<p>${escapeHtml(text)}</p>`),
    command === undefined ? '' : `<p class="command"><code>${escapeHtml(command)}</code></p>`,
    ...warnings.map((text) => `<p class="problem">${escapeHtml(text)}</p>`),
    '</header>',
  ].join('');
}

/**
 * Nothing is loaded, and only this script runs. Styles may be inline, because the viewer's are; pictures come from memory.
 */
async function policyFor(code: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code));
  const text = btoa(String.fromCharCode(...new Uint8Array(hash)));
  return `default-src 'none'; script-src 'sha256-${text}'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
}
