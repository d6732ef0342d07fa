import { sampleClustering } from '../data/sample.ts';
import type { ClusteringData } from '../data/types.ts';
import { boundsOf } from '../render/camera.ts';
import type { Color } from '../render/scatter.ts';
import { cssColor } from '../theme/oklab.ts';
import { readableOn } from '../views/map/shapes.ts';
import { escapeHtml } from './html.ts';

/** The most points of the map, so that a page with many clusters stays small. */
const MAX_POINTS = 4000;
const WIDTH = 720;
const HEIGHT = 450;
const MARGIN = 16;
/** With more clusters their numbers would lie on one another. */
const MAX_NUMBERED = 60;

/**
 * The map as a picture, which needs no script: nothing where no point has a place.
 *
 * @param colors of the clusters
 */
export function staticMap(data: ClusteringData, colors: readonly Color[]): string {
  const shown = sampleClustering(data, { most: MAX_POINTS });
  const bounds = boundsOf(shown.positions);
  if (bounds === undefined) return '';
  const { minX, minY, maxX, maxY } = bounds;
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / (maxX - minX || 1),
    (HEIGHT - 2 * MARGIN) / (maxY - minY || 1),
  );
  const place = (x: number, y: number): readonly [number, number] => [
    Math.round(WIDTH / 2 + (x - (minX + maxX) / 2) * scale),
    Math.round(HEIGHT / 2 - (y - (minY + maxY) / 2) * scale),
  ];
  const dots = new Map<number, string[]>();
  for (let point = 0; point < shown.count; point++) {
    const [x, y] = place(shown.positions[2 * point], shown.positions[2 * point + 1]);
    if (Number.isNaN(x + y)) continue;
    const cluster = Math.min(shown.labels[point], shown.clusters);
    const places = dots.get(cluster) ?? [];
    dots.set(cluster, places);
    places.push(`M${x} ${y}h0`);
  }
  const paths = Array.from(dots, ([cluster, places]) => {
    const color = colors.at(cluster);
    return `<path d="${places.join('')}" stroke="${color === undefined ? '#b8c0c8' : cssColor(color)}"/>`;
  });
  const caption = `Map of ${shown.count.toLocaleString('en')} points${shown.count < data.total ? `, a sample of ${data.total.toLocaleString('en')}` : ''}; axes: ${data.projection}.`;
  return `<figure class="map"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(caption)}"><g fill="none" stroke-width="4.5" stroke-linecap="round">${paths.join('')}</g>${numbers(shown, colors, place)}</svg><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function numbers(
  { model, clusters }: ClusteringData,
  colors: readonly Color[],
  place: (x: number, y: number) => readonly [number, number],
): string {
  if (model === undefined || clusters > MAX_NUMBERED) return '';
  const marks = colors.map((color, cluster) => {
    const [x, y] = place(model.centroids[2 * cluster], model.centroids[2 * cluster + 1]);
    if (Number.isNaN(x + y)) return '';
    return `<circle cx="${x}" cy="${y}" r="12" fill="${cssColor(color)}" stroke="#fff" stroke-width="2"/><text x="${x}" y="${y}" fill="${cssColor(readableOn(color))}">${cluster}</text>`;
  });
  return `<g text-anchor="middle" dominant-baseline="central" font-size="13" font-weight="600">${marks.join('')}</g>`;
}
