import { project } from './camera.ts';
import { LAYER, layerOf, NO_GROUP } from './layers.ts';
import { PointIndex } from './point-index.ts';
import type { Color, ScatterImages } from './scatter.ts';
import type { SceneView } from './scene-view.ts';

/** Pictures drawn at a time, at most. */
export const MOST_PICTURES = 4096;
/** Longer side of a mark in CSS pixels; with less room than the smallest there are none. */
const SIDE = { min: 16, max: 64 } as const;
/** Width of a picture's frame, and of the rim around that of a selected point, in CSS pixels. */
export const FRAME = 1.5;
/** How much of a muted point's picture is left, the rest being background. */
const MUTED_STRENGTH = 0.4;

/** A picture at its place. */
interface PictureMark {
  /** Index into the pictures. */
  readonly picture: number;
  /** CSS pixels of its middle from the left and the top. */
  readonly x: number;
  readonly y: number;
  readonly frame: Color;
  /** Around the frame of a selected point. */
  readonly rim?: Color | undefined;
  /** How much of it differs from the background, 0 to 1. */
  readonly strength: number;
  readonly layer: number;
}

/** The pictures to draw, lowest first. */
export interface PictureMarks {
  readonly images: ScatterImages;
  readonly background: Color;
  /** CSS pixels of all marks, frames included and rims not. */
  readonly width: number;
  readonly height: number;
  readonly marks: readonly PictureMark[];
}

/** Knows where pictures lie, and which of them there is room for. */
export class PictureMap {
  readonly images: ScatterImages;
  readonly #places: Float32Array;
  readonly #index: PointIndex;

  constructor(images: ScatterImages, positions: Float32Array) {
    this.images = images;
    this.#places = new Float32Array(2 * images.points.length);
    images.points.forEach((point, picture) => {
      // A point that does not exist has no place.
      this.#places[2 * picture] = positions[2 * point] ?? NaN;
      this.#places[2 * picture + 1] = positions[2 * point + 1] ?? NaN;
    });
    this.#index = new PointIndex(this.#places);
  }

  /**
   * Chooses what to draw: nothing while the points with pictures in view lie closer than the smallest mark on average, then
   * as large as they are apart, and where they crowd, one in each square of the map. The squares stay where they are while
   * the map is moved, so that pictures do not come and go.
   */
  arrange(scene: SceneView): PictureMarks | undefined {
    const { camera, viewport, groups, marks, palette, style } = scene;
    const area = viewport.width * viewport.height;
    const room = Math.min(MOST_PICTURES, Math.floor(area / SIDE.min ** 2));
    const visible = this.#index.visible(camera, viewport, SIDE.max / 2, room);
    if (visible === undefined || visible.length === 0) return undefined;
    const side = Math.min(SIDE.max, Math.max(SIDE.min, 0.8 * Math.sqrt(area / visible.length)));
    // A power of two, so that squares change as seldom as possible while zooming.
    const square = 2 ** Math.ceil(Math.log2(side / camera.scale));
    const chosen = new Map<string, PictureMark>();
    for (const picture of visible) {
      const x = this.#places[2 * picture];
      const y = this.#places[2 * picture + 1];
      const point = this.images.points[picture];
      const group = groups?.[point] ?? NO_GROUP;
      const layer = layerOf(group, marks[point] ?? 0, palette.length);
      const key = `${Math.floor(x / square)},${Math.floor(y / square)}`;
      if ((chosen.get(key)?.layer ?? -1) >= layer) continue;
      chosen.set(key, {
        picture,
        ...project(camera, viewport, x, y),
        frame: palette[group] ?? style.muted,
        rim: layer === LAYER.selected ? style.accent : undefined,
        strength: layer === LAYER.muted ? MUTED_STRENGTH : 1,
        layer,
      });
    }
    const { width, height } = this.images;
    return {
      images: this.images,
      background: style.background,
      width: (side * width) / Math.max(width, height),
      height: (side * height) / Math.max(width, height),
      marks: [...chosen.values()].sort((a, b) => a.layer - b.layer || a.picture - b.picture),
    };
  }
}
