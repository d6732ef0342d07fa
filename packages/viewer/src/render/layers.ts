import type { Bounds } from './camera.ts';
import { MARK, type Camera, type Color } from './scatter.ts';
import type { LayeredPoints, SceneView } from './scene-view.ts';

/** Which points a layer has, the lowest first. */
export const LAYER = { muted: 0, plain: 1, selected: 2 } as const;

type LayerNumber = (typeof LAYER)[keyof typeof LAYER];

/** One layer of the picture. A later one lies on top of it. */
export interface Layer {
  /** Where its points are in the scene's layered ones. */
  readonly start: number;
  readonly count: number;
  /** Of a disc, in device pixels. */
  readonly radius: number;
  /** All points have this colour; without it each has its group's. */
  readonly color?: Color | undefined;
  /** Whether density is shaded. */
  readonly shaded: boolean;
}

/** Device pixels; below it a disc of which the pixel's middle decides would flicker. */
const MIN_RADIUS = 0.5;
/** Largest diameter of a point, in CSS pixels. */
const MAX_DIAMETER = 64;
/** Width of a selected point's outline in CSS pixels: half the point's diameter, within these. */
const OUTLINE = { min: 0.75, max: 1.5 } as const;
/** Diameters in CSS pixels that automatic sizes keep to. */
const AUTOMATIC = { min: 1.5, max: 12 } as const;

/** Whose layer a point is: a selected point is never muted, and one without a colour is. */
export function layerOf(group: number, mark: number, groups: number): LayerNumber {
  if ((mark & MARK.selected) !== 0) return LAYER.selected;
  return (mark & MARK.muted) !== 0 || group >= groups ? LAYER.muted : LAYER.plain;
}

/** A group that is in no palette: that of a point of which none was set. */
export const NO_GROUP = 0xffffffff;

/** Sorts points by layer, as far as their groups are known, so that a layer is drawn without a look at the points of others. */
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
    { start: 0, count: mutedCount, radius, color: muted, shaded },
    { ...plain, radius, shaded },
    { ...selected, radius: radius + outline, color: accent, shaded: false },
    { ...selected, radius, shaded },
  ];
  return all.filter(({ count }) => count > 0);
}

/** Diameter of a point in CSS pixels: as the style says, else by number and zoom. */
export function pointDiameter({ style, count, bounds, camera, viewport }: SceneView): number {
  if (style.pointSize !== undefined) return clamp(style.pointSize, 0, MAX_DIAMETER);
  const box = bounds ?? screenBounds(camera, viewport.width, viewport.height);
  return automaticDiameter(count, box, camera.scale);
}

/**
 * Grows with the square root of the distance at which points would lie if they were spread evenly, so that many points are
 * small but seen, few are easy to hit, and zooming in enlarges them by less than the map.
 *
 * @param scale CSS pixels per map unit
 */
export function automaticDiameter(count: number, bounds: Bounds, scale: number): number {
  const area = (bounds.maxX - bounds.minX) * (bounds.maxY - bounds.minY) * scale * scale;
  const spacing = Math.sqrt(area / Math.max(count, 1));
  // A line, or one place, has no area: as large as points get.
  if (!(spacing > 0)) return AUTOMATIC.max;
  return clamp(1.9 * Math.sqrt(spacing), AUTOMATIC.min, AUTOMATIC.max);
}

function screenBounds({ scale }: Camera, width: number, height: number): Bounds {
  return { minX: 0, minY: 0, maxX: width / scale, maxY: height / scale };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
