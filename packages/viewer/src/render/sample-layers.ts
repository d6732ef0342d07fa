import { NO_GROUP } from './layers.ts';
import type { LayeredPoints, SceneView } from './scene-view.ts';

/** A group keeps at least this many points in each layer, if it has them. */
const LEAST_OF_GROUP = 20;

/**
 * About `most` of a scene's points: every group of every layer keeps its share, and at least 20 points, so that no group
 * disappears, whatever the order of the rows. A hash of its number decides whether a point is kept. So the same points are
 * kept each time, and those of a group stay when others are selected.
 */
export function sampleLayers(
  { layers, groups, palette }: Pick<SceneView, 'layers' | 'groups' | 'palette'>,
  most: number,
): LayeredPoints {
  const count = layers.points.length;
  if (count <= most) return layers;
  const perLayer = palette.length + 1;
  const ends = endsOf(layers);
  const stratumOf = (layer: number, point: number): number =>
    layer * perLayer + Math.min(groups?.[point] ?? NO_GROUP, palette.length);

  const sizes = new Float64Array(ends.length * perLayer);
  eachPoint(layers, ends, (layer, point) => {
    sizes[stratumOf(layer, point)]++;
  });
  const strata = sizes.reduce((used, size) => used + (size > 0 ? 1 : 0), 0);
  const least = Math.max(1, Math.min(LEAST_OF_GROUP, Math.floor(most / (2 * strata))));
  const rest = Math.max(0, most - strata * least) / count;
  const limits = sizes.map((size) => 2 ** 32 * Math.min(1, least / size + rest));

  const kept = new Uint32Array(count);
  const counts: [number, number, number] = [0, 0, 0];
  let length = 0;
  eachPoint(layers, ends, (layer, point) => {
    if (hash(point) >= limits[stratumOf(layer, point)]) return;
    kept[length++] = point;
    counts[layer]++;
  });
  return { counts, points: kept.slice(0, length) };
}

/** Where each layer ends in the list of points. */
function endsOf({ counts }: LayeredPoints): readonly number[] {
  let end = 0;
  return counts.map((count) => (end += count));
}

function eachPoint(
  { points }: LayeredPoints,
  ends: readonly number[],
  visit: (layer: number, point: number) => void,
): void {
  let at = 0;
  ends.forEach((end, layer) => {
    for (; at < end; at++) visit(layer, points[at]);
  });
}

/** The finalizer of MurmurHash3: a whole number below 2^32 that looks random. */
function hash(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
