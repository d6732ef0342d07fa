export { escapeHtml } from './html.ts';
export { renderReport } from './render-report.ts';
export type * from './types.ts';
export { comparisonPage, viewerPage } from './viewer-page.ts';
