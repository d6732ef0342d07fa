import { escapeHtml } from '@shoal/viewer/report';
import type { BenchReport } from './schema.ts';

/** One cell of the scaling case. */
export interface ScalingCell {
  readonly axis: string;
  /** Value along the axis. */
  readonly size: number;
  /** Nanoseconds per point, centroid and dimension. */
  readonly nanoseconds: number;
  /** The nanoseconds divided by the least of all cells. */
  readonly ratio: number;
}

const AXES = [
  ['rows', 'N, points'],
  ['columns', 'D, dimensions'],
  ['clusters', 'K, centroids'],
] as const;

/** The cells of the scaling case that have times. */
export function scalingCells({ rows }: BenchReport): ScalingCell[] {
  const cells = rows.flatMap(({ case: name, parameters, contenders }) => {
    const median = contenders.find(({ role }) => role === 'ours')?.median ?? null;
    if (name !== 'scaling' || median === null) return [];
    const axis = String(parameters['axis']);
    const size = Number(parameters[axis]);
    const product = ['rows', 'columns', 'clusters'].reduce((all, key) => all * Number(parameters[key]), 1);
    return [{ axis, size, nanoseconds: (1e6 * median) / product }];
  });
  const least = Math.min(...cells.map(({ nanoseconds }) => nanoseconds));
  return cells.map((cell) => ({ ...cell, ratio: cell.nanoseconds / least }));
}

const WIDTH = 300;
const HEIGHT = 220;
const LEFT = 48;
const BOTTOM = 40;
const TOP = 30;
const LABEL_WIDTH = 30;

/**
 * Three plots side by side, over N, D and K: nanoseconds per point, centroid and dimension, both axes logarithmic.
 * Colors follow the page's `color`, so that it reads on light and dark ground.
 *
 * @returns an SVG element, or an empty text when there are no cells
 */
export function scalingChart(cells: readonly ScalingCell[], device: string): string {
  if (cells.length === 0) return '';
  const all = cells.map(({ nanoseconds }) => Math.log10(nanoseconds));
  const low = Math.floor(2 * Math.min(...all)) / 2;
  const high = Math.max(Math.ceil(2 * Math.max(...all)) / 2, low + 0.5);
  const y = (nanoseconds: number): number =>
    TOP + (HEIGHT - TOP - BOTTOM) * (1 - (Math.log10(nanoseconds) - low) / (high - low));
  const panels = AXES.map(([axis, title], i) => {
    const own = cells.filter((cell) => cell.axis === axis).sort((a, b) => a.size - b.size);
    return `<g transform="translate(${i * WIDTH} 0)">${panel(own, title, y, low, high)}</g>`;
  });
  const title = `Time of a Lloyd iteration per point, centroid and dimension, ${escapeHtml(device)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${3 * WIDTH} ${HEIGHT}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="11" fill="currentColor">`,
    `<title>${title}</title>`,
    // A separate file has no page around it that sets the color.
    '<style>svg { color: #333 } @media (prefers-color-scheme: dark) { svg { color: #ccc } }</style>',
    ...panels,
    '</svg>',
  ].join('\n');
}

function panel(
  cells: readonly ScalingCell[],
  title: string,
  y: (nanoseconds: number) => number,
  low: number,
  high: number,
): string {
  const logs = cells.map(({ size }) => Math.log10(size));
  const [first, last] = [Math.min(...logs), Math.max(...logs)];
  const x = (size: number): number =>
    LEFT + (WIDTH - LEFT - 24) * (last > first ? (Math.log10(size) - first) / (last - first) : 0.5);
  const parts = [
    `<text x="${LEFT}" y="16" font-weight="600">${title}</text>`,
    `<text x="${LEFT}" y="${HEIGHT - 6}" opacity="0.7">ns per point, centroid, dimension</text>`,
  ];
  for (let exponent = low; exponent <= high + 1e-9; exponent += 0.5) {
    const value = 10 ** exponent;
    parts.push(
      `<line x1="${LEFT}" x2="${WIDTH - 16}" y1="${round(y(value))}" y2="${round(y(value))}" stroke="currentColor" opacity="0.15"/>`,
      `<text x="${LEFT - 6}" y="${round(y(value) + 4)}" text-anchor="end">${value.toPrecision(2)}</text>`,
    );
  }
  const points = cells.map(({ size, nanoseconds }) => `${round(x(size))},${round(y(nanoseconds))}`);
  parts.push(`<polyline points="${points.join(' ')}" fill="none" stroke="#1f7a8c" stroke-width="2"/>`);
  cells.forEach(({ size, nanoseconds, ratio }, i) => {
    const at = [round(x(size)), round(y(nanoseconds))] as const;
    parts.push(
      `<circle cx="${at[0]}" cy="${at[1]}" r="3.5" fill="#1f7a8c"><title>${size.toLocaleString('en')}: ${nanoseconds.toPrecision(3)} ns, ${ratio.toFixed(2)} times the best</title></circle>`,
    );
    // A label is left out when the next one is too near.
    if (i < cells.length - 1 && x(cells[i + 1].size) - x(size) < LABEL_WIDTH) return;
    parts.push(`<text x="${at[0]}" y="${HEIGHT - BOTTOM + 14}" text-anchor="middle">${compact(size)}</text>`);
  });
  return parts.join('\n');
}

function compact(size: number): string {
  if (size >= 1e6) return `${size / 1e6}M`;
  return size >= 1e4 ? `${size / 1e3}k` : String(size);
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
