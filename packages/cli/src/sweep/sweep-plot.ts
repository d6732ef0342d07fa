import type { Sweep } from '@shoal/core';
import { columnsOf, type Column } from './criteria.ts';

const WIDTH = 640;
const HEIGHT = 170;
const LEFT = 90;
const RIGHT = 20;
const TOP = 34;
const BOTTOM = 26;
/** The width of a number below the axis. */
const NUMBER_WIDTH = 28;

/** A sweep as an SVG picture: a curve for each criterion over the numbers of clusters, its pick marked. */
export function sweepPlot(sweep: Sweep, title: string): string {
  const columns = columnsOf(sweep);
  const height = 40 + columns.length * HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${WIDTH}" height="${height}"/>`,
    `<text class="title" x="${LEFT}" y="26">${escape(title)}</text>`,
    ...columns.map(
      (column, i) => `<g transform="translate(0 ${40 + i * HEIGHT})">${panel(sweep, column)}</g>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

const STYLE =
  '.page{fill:#fff}text{font:12px system-ui,sans-serif;fill:#333}.title{font-size:15px;font-weight:600}' +
  '.name{font-weight:600}.axis{stroke:#bbb}.curve{fill:none;stroke:#0b6e75;stroke-width:2}.dot{fill:#0b6e75}' +
  '.error{stroke:#0b6e75;stroke-opacity:.45}.pick{fill:none;stroke:#c2410c;stroke-width:2.5}.picked{fill:#c2410c}';

function panel({ rows, picks }: Sweep, { name, criterion, value, error }: Column): string {
  const points = rows.flatMap((row) => {
    const at = value(row);
    return at === undefined ? [] : [{ clusters: row.clusters, at, off: error?.(row) ?? 0 }];
  });
  const low = Math.min(...points.map(({ at, off }) => at - off));
  const high = Math.max(...points.map(({ at, off }) => at + off));
  const first = rows[0].clusters;
  const last = rows[rows.length - 1].clusters;
  const x = (clusters: number): number =>
    LEFT + ((clusters - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const y = (at: number): number =>
    HEIGHT - BOTTOM - ((at - low) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const at = (number: number): string => number.toFixed(1);
  const numbers = Math.floor((WIDTH - LEFT - RIGHT) / NUMBER_WIDTH);
  const stride = Math.ceil(points.length / numbers);
  const pick = criterion && points.find(({ clusters }) => clusters === picks[criterion]);
  return [
    `<text class="name" x="${LEFT}" y="18">${escape(name)}</text>`,
    pick ? `<text class="picked" x="${LEFT + 150}" y="18">picks ${pick.clusters}</text>` : '',
    `<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}"/>`,
    `<text x="${LEFT - 8}" y="${at(y(low) + 4)}" text-anchor="end">${label(low)}</text>`,
    high > low ? `<text x="${LEFT - 8}" y="${at(y(high) + 4)}" text-anchor="end">${label(high)}</text>` : '',
    ...points.map(
      ({ clusters, off, at: middle }, i) =>
        (i % stride === 0
          ? `<text x="${at(x(clusters))}" y="${HEIGHT - 8}" text-anchor="middle">${clusters}</text>`
          : '') +
        (off > 0
          ? `<line class="error" x1="${at(x(clusters))}" x2="${at(x(clusters))}" y1="${at(y(middle - off))}" y2="${at(y(middle + off))}"/>`
          : '') +
        `<circle class="dot" cx="${at(x(clusters))}" cy="${at(y(middle))}" r="3"/>`,
    ),
    `<polyline class="curve" points="${points.map((point) => `${at(x(point.clusters))},${at(y(point.at))}`).join(' ')}"/>`,
    pick ? `<circle class="pick" cx="${at(x(pick.clusters))}" cy="${at(y(pick.at))}" r="7"/>` : '',
  ].join('');
}

function label(value: number): string {
  return Math.abs(value) < 1000 ? value.toFixed(3) : value.toPrecision(5);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
