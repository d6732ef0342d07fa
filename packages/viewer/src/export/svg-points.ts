import type { ClusteringData } from '../data/types.ts';
import { project, type Viewport } from '../render/camera.ts';
import { LAYER, layerOf } from '../render/layers.ts';
import { USUAL_SIZE, type Camera, type Color, type ScatterStyle } from '../render/scatter.ts';
import type { SvgPoints } from './svg.ts';

/** The most points that are written as circles: few programs can open a file with more. */
export const MOST_CIRCLES = 20_000;
/** Outline of a selected point in CSS pixels. */
const OUTLINE = 1.5;

/** The look of the points. */
export interface PointLooks {
  readonly labels: Uint32Array;
  readonly marks: Uint8Array;
  readonly palette: readonly Color[];
  readonly style: Pick<ScatterStyle, 'muted' | 'accent'>;
  /** Diameter in CSS pixels. */
  readonly markSize: number;
  /** Size of each point in parts of `USUAL_SIZE`; undefined where all have the same. */
  readonly sizes: Uint8Array | undefined;
}

/** Points as circles: grayed ones below all others, selected ones above, as on the screen. */
export function circlesOf(
  { positions }: ClusteringData,
  points: Uint32Array,
  camera: Camera,
  viewport: Viewport,
  { labels, marks, palette, style, markSize, sizes }: PointLooks,
): SvgPoints {
  const muted: number[] = [];
  const plain = new Map<number, number[]>();
  const selected = new Map<number, number[]>();
  for (const point of points) {
    const { x, y } = project(camera, viewport, positions[2 * point], positions[2 * point + 1]);
    const layer = layerOf(labels[point], marks[point], palette.length);
    const radius = (markSize / 2) * ((sizes?.[point] ?? USUAL_SIZE) / USUAL_SIZE);
    if (layer === LAYER.muted) muted.push(x, y, radius);
    else circlesIn(layer === LAYER.plain ? plain : selected, labels[point]).push(x, y, radius);
  }
  const colored = (groups: Map<number, number[]>) =>
    [...groups].map(([group, circles]) => ({
      paint: { fill: palette[group] ?? style.muted },
      wider: 0,
      circles,
    }));
  const layers = [
    { paint: { fill: style.muted }, wider: 0, circles: muted },
    ...colored(plain),
    { paint: { fill: style.accent }, wider: OUTLINE, circles: [...selected.values()].flat() },
    ...colored(selected),
  ];
  return { kind: 'circles', layers: layers.filter(({ circles }) => circles.length > 0) };
}

/** x, y, radius, ... of the circles of a group. */
function circlesIn(groups: Map<number, number[]>, group: number): number[] {
  const circles = groups.get(group) ?? [];
  groups.set(group, circles);
  return circles;
}
