/** What part of the map is seen: the map point at the middle of the picture, and CSS pixels per unit of the map. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** How one colour group's points look: red, green, blue from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** What a point is besides its group; bits of one byte per point. */
export const MARK = {
  selected: 1,
  /** Greyed by a filter, or because others are selected; stays visible as context. */
  muted: 2,
} as const;

/** How points are drawn. */
export interface ScatterStyle {
  /** Diameter of a point in CSS pixels; undefined lets number and zoom decide. */
  readonly pointSize?: number | undefined;
  readonly background: Color;
  /** Colour of muted points. */
  readonly muted: Color;
  /** Outline of selected points. */
  readonly accent: Color;
  /** Shades by how many points fall on a pixel. */
  readonly density: boolean;
  /** Draws pictures instead of dots, when they are large enough to see. */
  readonly thumbnails: boolean;
}

/** Pictures of points, as `ImageSet` has them. */
export interface ScatterImages {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly points: Uint32Array;
}

/**
 * Draws points into a canvas. Free of Lit and of the viewer's state; y grows upwards on the map. Setting anything draws a
 * frame at the next animation frame, however much was set. Arrays are kept by reference and must not change: set another.
 */
export interface Scatter {
  /** What draws, for people: "WebGPU", "Canvas". */
  readonly backend: 'webgpu' | 'canvas';
  /** For people: the adapter's name, or why there is no WebGPU; and how many points are drawn, when not all. */
  readonly description: string;
  /** How wide a mark is now, in CSS pixels: a dot, or a picture while pictures are shown. */
  readonly markSize: number;
  /** Whether pictures are shown now, instead of dots. */
  readonly showsPictures: boolean;
  /**
   * @param positions N x 2 in map units; points that are not finite are not drawn. A buffer holds the same as float32, has
   *   `STORAGE` usage and belongs to the device that the scatter shares; it is there until other
   *   positions are set, and `redraw` shows what the device has written to it.
   *   Without positions in host memory there are no pictures, and the size of points cannot go by where they lie.
   * @throws {ShapeError} when the number of values is odd
   * @throws {InvalidArgumentError} for a buffer when no device is shared or without that usage, or for more points than
   *   WebGPU can bind (2^24 by default)
   */
  setPositions(positions: Float32Array | GPUBuffer): void;
  /**
   * @param groups index into the palette for each point; beyond it the point is drawn as muted. A buffer holds the same,
   *   under the same terms as one of positions; points are then drawn over those of other layers whatever their group.
   * @throws {InvalidArgumentError} for a buffer when no device is shared or without `STORAGE` usage
   * @throws {ShapeError} for a buffer of fewer groups than there are points
   */
  setGroups(groups: Uint32Array | GPUBuffer): void;
  setPalette(palette: readonly Color[]): void;
  /** @param marks `MARK` bits of each point */
  setMarks(marks: Uint8Array): void;
  /** @throws {ShapeError} when there are fewer pixels than the pictures have */
  setImages(images: ScatterImages | undefined): void;
  setStyle(style: ScatterStyle): void;
  /** @throws {InvalidArgumentError} unless all of it is finite and the scale positive */
  setCamera(camera: Camera): void;
  /**
   * @param width CSS pixels
   * @param height CSS pixels
   * @param ratio device pixels per CSS pixel
   * @throws {InvalidArgumentError} for a size that is negative or not finite, or a ratio that is not positive
   */
  resize(width: number, height: number, ratio: number): void;
  /** Draws again, as when the device has written to the buffer of positions. */
  redraw(): void;
  /** Resolves when all that was set is on the canvas. A hidden page draws nothing: it waits until it is seen. */
  settled(): Promise<void>;
  /**
   * The picture as a PNG, in device pixels.
   *
   * @throws {InvalidArgumentError} when the picture has no size
   */
  snapshot(): Promise<Blob>;
  /** Frees everything; a destroyed scatter ignores what is set. */
  destroy(): void;
}
