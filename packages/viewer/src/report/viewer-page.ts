import { escapeHtml } from './html.ts';

/**
 * A page that fills its window with one viewer.
 *
 * @param script address of `@shoal/viewer/standalone`
 * @param run address of the run folder
 */
export function viewerPage(title: string, script: string, run: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>html, body { height: 100%; margin: 0; } cluster-viewer { display: block; height: 100%; }</style>
<script type="module" src="${escapeHtml(script)}"></script>
</head>
<body>
<cluster-viewer src="${escapeHtml(run)}"></cluster-viewer>
</body>
</html>
`;
}
