import { svg, type SVGTemplateResult } from 'lit';

/** Strokes of the toolbar's icons, in a 24 x 24 view box. */
const STROKES = {
  pan: 'M12 3v18M3 12h18M12 3l-2.5 2.5M12 3l2.5 2.5M12 21l-2.5-2.5M12 21l2.5-2.5M3 12l2.5-2.5M3 12l2.5 2.5M21 12l-2.5-2.5M21 12l-2.5 2.5',
  box: 'M4 7V4h3M11 4h2M17 4h3v3M20 11v2M20 17v3h-3M13 20h-2M7 20H4v-3M4 13v-2',
  lasso:
    'M8.5 16.5C5 15.6 3 13.4 3 10.8 3 7 7 4 12 4s9 3 9 6.8-4 6.7-9 6.7c-1 0-2 0-2.8-.3M9.2 17.2a2 2 0 1 1-3.2-1M7.5 19.2c.4 1.2-.2 2-1.5 2.3',
  add: 'M4 4h11v5h5v11H9v-5H4z',
  remove: 'M15 9V4H4v11h5M9 9h11v11H9z',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'm15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  zoomIn: 'M12 6v12M6 12h12',
  zoomOut: 'M6 12h12',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M9 9h6v6H9z',
  density:
    'M12 12m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 12m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0',
  pictures: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9m-1.2 0a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0',
  model:
    'M12 12m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M5.6 18.4c-2.3-2.3-1.3-7.2 2.2-10.6s8.3-4.5 10.6-2.2 1.3 7.2-2.2 10.6-8.3 4.5-10.6 2.2z',
  layers: 'M12 4 3 9l9 5 9-5zM3.5 13.5 12 18l8.5-4.5',
  menu: 'M5 12v.1M12 12v.1M19 12v.1',
  side: 'M4 5h16v14H4zM14 5v14',
  help: 'M9 9.2a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1.1-1.3 2.1M12 17.5v.1',
  save: 'M12 4v11M7.5 11 12 15.5 16.5 11M4 20h16',
} as const;

export type Icon = keyof typeof STROKES;

export function iconTemplate(icon: Icon): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${STROKES[icon]} /></svg>`;
}
