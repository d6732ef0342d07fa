import { project } from './camera.ts';
import { LAYER, layerOf, NO_GROUP } from './layers.ts';
import { PointIndex } from './point-index.ts';
import type { Color, ScatterImages } from './scatter.ts';
import type { SceneView } from './scene-view.ts';

/** The most pictures that are drawn at a time. */
export const MOST_PICTURES = 4096;
/** Limits of a mark's longer side in CSS pixels; with less room than the smallest, no pictures are drawn. */
const SIDE = { min: 16, max: 64 } as const;
/** Width of a picture's frame, and of the rim around that of a selected point, in CSS pixels. */
export const FRAME = 1.5;
/** Opacity of a muted point's picture over the background. */
const MUTED_STRENGTH = 0.4;

/** A picture and its place. */
interface PictureMark {
  /** Index into the pictures. */
  readonly picture: number;
  /** CSS pixels of its middle from the left and the top. */
  readonly x: number;
  readonly y: number;
  readonly frame: Color;
  /** Color of the rim around the frame of a selected point. */
  readonly rim?: Color | undefined;
  /** Opacity over the background, from 0 to 1. */
  readonly strength: number;
  readonly layer: number;
}

/** The pictures to draw, lowest first. */
export interface PictureMarks {
  readonly images: ScatterImages;
  readonly background: Color;
  /** Size of all marks in CSS pixels, with frames but without rims. */
  readonly width: number;
  readonly height: number;
  readonly marks: readonly PictureMark[];
}

/** Finds the pictures in view, and those for which there is room. */
export class PictureMap {
  readonly images: ScatterImages;
  readonly #places: Float32Array;
  readonly #index: PointIndex;

  constructor(images: ScatterImages, positions: Float32Array) {
    this.images = images;
    this.#places = new Float32Array(2 * images.points.length);
    images.points.forEach((point, picture) => {
      // A point that does not exist has no position.
      this.#places[2 * picture] = positions[2 * point] ?? NaN;
      this.#places[2 * picture + 1] = positions[2 * point + 1] ?? NaN;
    });
    this.#index = new PointIndex(this.#places);
  }

  /**
   * Chooses the pictures to draw. None while the visible points with pictures are closer on average than the smallest mark.
   * Otherwise their size is that average distance, and in crowded places there is one picture in each square of the map. The
   * squares stay in place while the map moves, so that pictures do not appear and disappear.
   */
  arrange(scene: SceneView): PictureMarks | undefined {
    const { camera, viewport, groups, marks, palette, style } = scene;
    const area = viewport.width * viewport.height;
    const room = Math.min(MOST_PICTURES, Math.floor(area / SIDE.min ** 2));
    const visible = this.#index.visible(camera, viewport, SIDE.max / 2, room);
    if (visible === undefined || visible.length === 0) return undefined;
    const side = Math.min(SIDE.max, Math.max(SIDE.min, 0.8 * Math.sqrt(area / visible.length)));
    // A power of two, so that squares change rarely while zooming.
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
