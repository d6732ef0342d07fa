import type { Bounds, Viewport } from './camera.ts';
import type { Camera, Color, ScatterStyle } from './scatter.ts';

/** Points by the layer they are in; see `LAYER`. */
export interface LayeredPoints {
  /** Points of each layer, by its number. */
  readonly counts: readonly [muted: number, plain: number, selected: number];
  /** All points, layer after layer, ascending within one. */
  readonly points: Uint32Array;
}

/** What a scene says of itself to those who plan how it is drawn. */
export interface SceneView {
  readonly camera: Camera;
  readonly viewport: Viewport;
  readonly style: ScatterStyle;
  /** Points. */
  readonly count: number;
  /** The box around the points; undefined when there is none, or when they lie on a device. */
  readonly bounds: Bounds | undefined;
  /** Index into the palette of each point, as far as it was set; undefined when only a device knows. */
  readonly groups: Uint32Array | undefined;
  readonly palette: readonly Color[];
  /** `MARK` bits of each point, as far as they were set. */
  readonly marks: Uint8Array;
  readonly layers: LayeredPoints;
}
