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
 * frame at the next animation frame, however much was set.
 */
export interface Scatter {
  /** What draws, for people: "WebGPU", "Canvas". */
  readonly backend: 'webgpu' | 'canvas';
  /** For people: the adapter's name, or why there is no WebGPU. */
  readonly description: string;
  /** @param positions N x 2 in map units; points that are not finite are not drawn */
  setPositions(positions: Float32Array): void;
  /** @param groups index into the palette for each point; beyond it the point is drawn as muted */
  setGroups(groups: Uint32Array): void;
  setPalette(palette: readonly Color[]): void;
  /** @param marks `MARK` bits of each point */
  setMarks(marks: Uint8Array): void;
  setImages(images: ScatterImages | undefined): void;
  setStyle(style: ScatterStyle): void;
  setCamera(camera: Camera): void;
  /** @param width CSS pixels @param ratio device pixels per CSS pixel */
  resize(width: number, height: number, ratio: number): void;
  /** Resolves when all that was set is on the canvas. */
  settled(): Promise<void>;
  /** Frees everything; a destroyed scatter ignores what is set. */
  destroy(): void;
}
