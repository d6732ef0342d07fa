import type { Bounds, Viewport } from './camera.ts';
import type { Camera, Color, ScatterStyle } from './scatter.ts';

/** Points by their layer; see `LAYER`. */
export interface LayeredPoints {
  /** Number of points in each layer, by the layer's number. */
  readonly counts: readonly [muted: number, plain: number, selected: number];
  /** All points, layer after layer, ascending within a layer. */
  readonly points: Uint32Array;
}

/** The parts of a scene that decide how it is drawn. */
export interface SceneView {
  readonly camera: Camera;
  readonly viewport: Viewport;
  readonly style: ScatterStyle;
  /** Points. */
  readonly count: number;
  /** The box around the points; undefined without points, or when they are on a device. */
  readonly bounds: Bounds | undefined;
  /** Palette index of each point, possibly fewer than points; undefined when the groups are on a device. */
  readonly groups: Uint32Array | undefined;
  readonly palette: readonly Color[];
  /** `MARK` bits of each point, possibly fewer than points. */
  readonly marks: Uint8Array;
  /** Size of each point in parts of `USUAL_SIZE`; undefined where all have the same. */
  readonly sizes: Uint8Array | undefined;
  readonly layers: LayeredPoints;
}
