import type { Bounds } from './camera.ts';
import { MARK, type Camera, type Color } from './scatter.ts';
import type { LayeredPoints, SceneView } from './scene-view.ts';

/** The layers by their points, lowest first. */
export const LAYER = { muted: 0, plain: 1, selected: 2 } as const;

type LayerNumber = (typeof LAYER)[keyof typeof LAYER];

/** One layer of the picture. A later one lies on top of it. */
export interface Layer {
  /** The range of its points in the scene's list of points by layer. */
  readonly start: number;
  readonly count: number;
  /** Radius of a disc, in device pixels. */
  readonly radius: number;
  /** The part of it that grows with the size of a point: all but its outline. */
  readonly growing: number;
  /** The color of all its points; if undefined, each has the color of its group. */
  readonly color?: Color | undefined;
  /** Whether density is shaded. */
  readonly shaded: boolean;
}

/** The least diameter in device pixels: smaller discs would flicker when they move. */
const MIN_RADIUS = 0.5;
/** Largest diameter of a point, in CSS pixels. */
const MAX_DIAMETER = 64;
/** Width of a selected point's outline in CSS pixels: half the point's diameter, within these limits. */
const OUTLINE = { min: 0.75, max: 1.5 } as const;
/** Limits of automatic diameters, in CSS pixels. */
const AUTOMATIC = { min: 1.5, max: 12 } as const;

/** The layer of a point: a selected point is never muted, and a point without a color always is. */
export function layerOf(group: number, mark: number, groups: number): LayerNumber {
  if ((mark & MARK.selected) !== 0) return LAYER.selected;
  return (mark & MARK.muted) !== 0 || group >= groups ? LAYER.muted : LAYER.plain;
}

/** A group outside of every palette, for a point without a group. */
export const NO_GROUP = 0xffffffff;

/** Sorts points by layer, if their groups are known, so that drawing a layer does not read the points of others. */
export function sortIntoLayers({ count, groups, marks, palette }: Omit<SceneView, 'layers'>): LayeredPoints {
  const layers = new Uint8Array(count);
  const counts: [number, number, number] = [0, 0, 0];
  for (let point = 0; point < count; point++) {
    const layer = layerOf(
      groups === undefined ? 0 : (groups[point] ?? NO_GROUP),
      marks[point] ?? 0,
      palette.length,
    );
    layers[point] = layer;
    counts[layer]++;
  }
  const next = [0, counts[0], counts[0] + counts[1]];
  const points = new Uint32Array(count);
  for (let point = 0; point < count; point++) points[next[layers[point]]++] = point;
  return { counts, points };
}

/**
 * The layers that have points, lowest first: muted, plain, and selected over its outline.
 *
 * @param ratio device pixels per CSS pixel of the canvas
 */
export function planLayers(scene: SceneView, ratio: number): Layer[] {
  const diameter = pointDiameter(scene);
  const radius = Math.max(MIN_RADIUS, (diameter * ratio) / 2);
  const outline = clamp(diameter / 2, OUTLINE.min, OUTLINE.max) * ratio;
  const { muted, accent, density: shaded } = scene.style;
  const [mutedCount, plainCount, selectedCount] = scene.layers.counts;
  const plain = { start: mutedCount, count: plainCount };
  const selected = { start: mutedCount + plainCount, count: selectedCount };
  const all: Layer[] = [
    { start: 0, count: mutedCount, radius, growing: radius, color: muted, shaded },
    { ...plain, radius, growing: radius, shaded },
    { ...selected, radius: radius + outline, growing: radius, color: accent, shaded: false },
    { ...selected, radius, growing: radius, shaded },
  ];
  return all.filter(({ count }) => count > 0);
}

/** Diameter of a point in CSS pixels: from the style, else from the number of points and the zoom. */
export function pointDiameter({ style, count, bounds, camera, viewport }: SceneView): number {
  if (style.pointSize !== undefined) return clamp(style.pointSize, 0, MAX_DIAMETER);
  const box = bounds ?? screenBounds(camera, viewport.width, viewport.height);
  return automaticDiameter(count, box, camera.scale);
}

/**
 * Grows with the square root of the distance between points if they were spread evenly. So many points are small but
 * visible, few are easy to hit, and zooming in enlarges them less than the map.
 *
 * @param scale CSS pixels per map unit
 */
export function automaticDiameter(count: number, bounds: Bounds, scale: number): number {
  const area = (bounds.maxX - bounds.minX) * (bounds.maxY - bounds.minY) * scale * scale;
  const spacing = Math.sqrt(area / Math.max(count, 1));
  // A line or a single place has no area: then points get the largest size.
  if (!(spacing > 0)) return AUTOMATIC.max;
  return clamp(1.9 * Math.sqrt(spacing), AUTOMATIC.min, AUTOMATIC.max);
}

function screenBounds({ scale }: Camera, width: number, height: number): Bounds {
  return { minX: 0, minY: 0, maxX: width / scale, maxY: height / scale };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
