import { escapeHtml } from './html.ts';

/**
 * A page that fills its window with one viewer, whose view is in the address, so that a link shows the same. The reader may cluster
 * anew there.
 *
 * @param script address of `@shoal/viewer/standalone`, with its workers beside it
 * @param run address of the run folder
 * @param names address that keeps the names that the reader gives clusters
 */
export function viewerPage(title: string, script: string, run: string, names?: string): string {
  const editing = names === undefined ? '' : ` names-url="${escapeHtml(names)}"`;
  return pageOf(
    title,
    script,
    `<cluster-viewer src="${escapeHtml(run)}" hash allow-fit${editing}></cluster-viewer>`,
  );
}

/**
 * The same with two runs side by side.
 *
 * @param runs addresses of the run folders
 */
export function comparisonPage(title: string, script: string, runs: readonly [string, string]): string {
  const [first, second] = runs.map(escapeHtml);
  return pageOf(
    title,
    script,
    `<cluster-comparison first="${first}" second="${second}"></cluster-comparison>`,
  );
}

function pageOf(title: string, script: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>html, body, main { height: 100%; margin: 0; } cluster-viewer { display: block; height: 100%; }
h1 { position: absolute; top: 0; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }</style>
<script type="module" src="${escapeHtml(script)}"></script>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}
