/** The visible part of the map: the map point at the middle of the picture, and CSS pixels per unit of the map. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The color of a group's points: red, green, blue from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** Marks of a point besides its group; bits of one byte per point. */
export const MARK = {
  selected: 1,
  /** Grayed by a filter, or because other points are selected; stays visible as context. */
  muted: 2,
} as const;

/** The byte of a point of the usual size; the diameter of a point is the usual one times its byte over this. */
export const USUAL_SIZE = 64;

/** How points are drawn. */
export interface ScatterStyle {
  /** Diameter of a point in CSS pixels; if undefined, it depends on the number of points and the zoom. */
  readonly pointSize?: number | undefined;
  readonly background: Color;
  /** Color of muted points. */
  readonly muted: Color;
  /** Color of the outline of selected points. */
  readonly accent: Color;
  /** Shades by how many points fall on a pixel. */
  readonly density: boolean;
  /** Draws pictures instead of dots, when they are large enough to be visible. */
  readonly thumbnails: boolean;
}

/** Pictures of points, in the form of an `ImageSet`. */
export interface ScatterImages {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly points: Uint32Array;
}

/**
 * Draws points into a canvas. It does not depend on Lit or on the viewer's state; y grows upwards on the map. After any
 * changes, one picture is drawn at the next animation frame. Arrays are kept by reference and must not change: set another
 * array instead.
 */
export interface Scatter {
  /** Name of the backend, for people: "WebGPU", "Canvas". */
  readonly backend: 'webgpu' | 'canvas';
  /** For people: the adapter's name, or why there is no WebGPU; and how many points are drawn, if not all. */
  readonly description: string;
  /** The most points that it draws; of more, it draws a sample, as `sampleLayers` chooses it. */
  readonly mostPoints: number;
  /** The present width of a mark in CSS pixels: of a dot, or of a picture while pictures are shown. */
  readonly markSize: number;
  /** Whether pictures are shown now, instead of dots. */
  readonly showsPictures: boolean;
  /**
   * @param positions N x 2 in map units; points that are not finite are not drawn. A buffer contains the same as float32,
   * has `STORAGE` usage and belongs to the device that the scatter shares. It must exist until other positions are set;
   * `redraw` shows what the device has written to it. Without positions in host memory there are no pictures, and the
   * automatic size of points cannot depend on their positions.
   * @throws {ShapeError} when the number of values is odd
   * @throws {InvalidArgumentError} for a buffer when no device is shared or without that usage, or for more points than
   *   WebGPU can bind (2^24 by default)
   */
  setPositions(positions: Float32Array | GPUBuffer): void;
  /**
   * @param groups index into the palette for each point; beyond it the point is drawn as muted. A buffer contains the same,
   * with the same requirements as one of positions; then points without a color are not drawn below the others.
   * @throws {InvalidArgumentError} for a buffer when no device is shared or without `STORAGE` usage
   * @throws {ShapeError} for a buffer of fewer groups than there are points
   */
  setGroups(groups: Uint32Array | GPUBuffer): void;
  setPalette(palette: readonly Color[]): void;
  /** @param marks `MARK` bits of each point */
  setMarks(marks: Uint8Array): void;
  /** @param sizes of each point, in parts of `USUAL_SIZE`; undefined draws all of the same size */
  setSizes(sizes: Uint8Array | undefined): void;
  /** @throws {ShapeError} when there are fewer pixels than the pictures have */
  setImages(images: ScatterImages | undefined): void;
  setStyle(style: ScatterStyle): void;
  /** @throws {InvalidArgumentError} unless all values are finite and the scale is positive */
  setCamera(camera: Camera): void;
  /**
   * @param width CSS pixels
   * @param height CSS pixels
   * @param ratio device pixels per CSS pixel
   * @throws {InvalidArgumentError} for a size that is negative or not finite, or a ratio that is not positive
   */
  resize(width: number, height: number, ratio: number): void;
  /** Draws again, for example after the device wrote to the buffer of positions. */
  redraw(): void;
  /** Resolves when all changes are on the canvas. A hidden page draws nothing: it waits until the page is visible. */
  settled(): Promise<void>;
  /**
   * The picture as a PNG, in device pixels.
   *
   * @throws {InvalidArgumentError} when the picture has no size
   */
  snapshot(): Promise<Blob>;
  /** Frees everything; a destroyed scatter ignores all changes. */
  destroy(): void;
}
