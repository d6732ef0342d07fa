import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { boundsOf, type Bounds, type Viewport } from './camera.ts';
import { sortIntoLayers } from './layers.ts';
import { PictureMap, type PictureMarks } from './pictures.ts';
import type { sampleLayers } from './sample-layers.ts';
import type { Camera, Color, ScatterImages, ScatterStyle } from './scatter.ts';
import type { LayeredPoints, SceneView } from './scene-view.ts';

/** The parts that are uploaded when they change. */
export type ScenePart = 'positions' | 'groups' | 'palette' | 'sizes';

const NO_POINTS = new Float32Array();

/** How many points to draw at most, and what chooses them. */
interface Thinning {
  readonly most: number;
  readonly sample: typeof sampleLayers;
}

/**
 * The contents of a scatter. Painters read it, and compare versions to find the large parts that they must upload again. A
 * new painter after the loss of a device finds everything here.
 */
export class Scene implements SceneView {
  readonly versions: Record<ScenePart, number> = { positions: 0, groups: 0, palette: 0, sizes: 0 };
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #viewport: Viewport = { width: 0, height: 0 };
  #ratio = 1;
  #style: ScatterStyle = {
    background: [255, 255, 255],
    muted: [205, 208, 214],
    accent: [20, 20, 20],
    density: false,
    thumbnails: false,
  };
  #positions: Float32Array | GPUBuffer = NO_POINTS;
  #groups: Uint32Array | GPUBuffer = new Uint32Array();
  #palette: readonly Color[] = [];
  #marks: Uint8Array = new Uint8Array();
  #sizes: Uint8Array | undefined;
  #images: ScatterImages | undefined;
  #bounds: Bounds | undefined;
  #layers: LayeredPoints | undefined;
  #thinning: Thinning | undefined;
  #thinned: LayeredPoints | undefined;
  #pictures: PictureMap | undefined;
  /** False until the pictures are arranged; undefined when none are shown. */
  #pictureMarks: PictureMarks | undefined | false = false;

  get camera(): Camera {
    return this.#camera;
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  /** Device pixels per CSS pixel. */
  get ratio(): number {
    return this.#ratio;
  }

  get style(): ScatterStyle {
    return this.#style;
  }

  /** N x 2, in host memory; empty when the positions are on a device. */
  get positions(): Float32Array {
    return this.#positions instanceof Float32Array ? this.#positions : NO_POINTS;
  }

  /** The buffer with the positions, when these are on a device. */
  get devicePositions(): GPUBuffer | undefined {
    return this.#positions instanceof Float32Array ? undefined : this.#positions;
  }

  get count(): number {
    return this.#positions instanceof Float32Array
      ? this.#positions.length / 2
      : Math.floor(this.#positions.size / 8);
  }

  get bounds(): Bounds | undefined {
    return this.#bounds;
  }

  get groups(): Uint32Array | undefined {
    return this.#groups instanceof Uint32Array ? this.#groups : undefined;
  }

  /** The buffer with the groups, when these are on a device. */
  get deviceGroups(): GPUBuffer | undefined {
    return this.#groups instanceof Uint32Array ? undefined : this.#groups;
  }

  get palette(): readonly Color[] {
    return this.#palette;
  }

  get marks(): Uint8Array {
    return this.#marks;
  }

  get sizes(): Uint8Array | undefined {
    return this.#sizes;
  }

  get layers(): LayeredPoints {
    this.#layers ??= sortIntoLayers(this);
    if (this.#thinning === undefined || !this.isThinned) return this.#layers;
    const { most, sample } = this.#thinning;
    this.#thinned ??= sample({ layers: this.#layers, groups: this.groups, palette: this.#palette }, most);
    return this.#thinned;
  }

  /** Whether only a sample of the points is drawn. */
  get isThinned(): boolean {
    return this.#thinning !== undefined && this.#thinning.most < this.count;
  }

  /** The pictures to draw; undefined without pictures, or without room for them. */
  get pictureMarks(): PictureMarks | undefined {
    if (this.#pictureMarks === false) this.#pictureMarks = this.#arrangePictures();
    return this.#pictureMarks;
  }

  setPositions(positions: Float32Array | GPUBuffer): void {
    if (positions instanceof Float32Array && positions.length % 2 !== 0) {
      throw new ShapeError(`Positions are pairs of x and y, but there are ${positions.length} values.`);
    }
    const count = positions instanceof Float32Array ? positions.length / 2 : Math.floor(positions.size / 8);
    assertGroups(this.#groups, count);
    this.#positions = positions;
    this.#bounds = boundsOf(this.positions);
    this.#pictures = undefined;
    this.#changed('positions');
  }

  setGroups(groups: Uint32Array | GPUBuffer): void {
    assertGroups(groups, this.count);
    this.#groups = groups;
    this.#changed('groups');
  }

  setPalette(palette: readonly Color[]): void {
    this.#palette = palette;
    this.#changed('palette');
  }

  setMarks(marks: Uint8Array): void {
    this.#marks = marks;
    this.#forgetLayers();
  }

  /**
   * Draws about as many points at most, until `drawAll`.
   *
   * @param sample chooses the points; only slow devices need its code, so the scene does not import it
   */
  thin(most: number, sample: typeof sampleLayers): void {
    if (most === this.#thinning?.most) return;
    this.#thinning = { most, sample };
    this.#thinned = undefined;
  }

  /** Draws all points. */
  drawAll(): void {
    this.#thinning = undefined;
  }

  setSizes(sizes: Uint8Array | undefined): void {
    this.#sizes = sizes;
    this.versions.sizes++;
  }

  setImages(images: ScatterImages | undefined): void {
    if (images !== undefined) {
      const { width, height, pixels, points } = images;
      const needed = width * height * points.length;
      if (!(width > 0 && height > 0) || pixels.length < needed) {
        throw new ShapeError(
          `${points.length} pictures of ${width} x ${height} pixels need ${needed} bytes, but there are ${pixels.length}.`,
        );
      }
    }
    this.#images = images;
    this.#pictures = undefined;
    this.#pictureMarks = false;
  }

  setStyle(style: ScatterStyle): void {
    this.#style = style;
    this.#pictureMarks = false;
  }

  setCamera(camera: Camera): void {
    const { x, y, scale } = camera;
    if (![x, y, scale].every(Number.isFinite) || scale <= 0) {
      throw new InvalidArgumentError(
        `A camera needs finite coordinates and a positive scale, not ${x}, ${y} and ${scale}; clampCamera gives such.`,
      );
    }
    this.#camera = camera;
    this.#pictureMarks = false;
  }

  resize(width: number, height: number, ratio: number): void {
    if (!(width >= 0 && height >= 0 && ratio > 0) || ![width, height, ratio].every(Number.isFinite)) {
      throw new InvalidArgumentError(
        `A picture cannot be ${width} x ${height} CSS pixels at ${ratio} device pixels each; use finite sizes.`,
      );
    }
    this.#viewport = { width, height };
    this.#ratio = ratio;
    this.#pictureMarks = false;
  }

  #changed(part: ScenePart): void {
    this.versions[part]++;
    this.#forgetLayers();
  }

  #forgetLayers(): void {
    this.#layers = undefined;
    this.#thinned = undefined;
    this.#pictureMarks = false;
  }

  #arrangePictures(): PictureMarks | undefined {
    if (!this.#style.thumbnails || this.#images === undefined || this.positions.length === 0)
      return undefined;
    this.#pictures ??= new PictureMap(this.#images, this.positions);
    return this.#pictures.arrange(this);
  }
}

/** A buffer, unlike an array, cannot be extended. */
function assertGroups(groups: Uint32Array | GPUBuffer, count: number): void {
  if (groups instanceof Uint32Array || groups.size >= 4 * count) return;
  throw new ShapeError(
    `${count} points need ${4 * count} bytes of groups, but the buffer has ${groups.size}; set groups of as many points.`,
  );
}

/** Device pixels to draw, and how many there are to a CSS pixel. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/**
 * The number of pixels of a canvas. A picture that is too large for the painter is drawn with fewer pixels, and the page
 * scales it up.
 *
 * @param mostPixels the most pixels @param longestSide the most pixels along one side
 */
export function pixelSize({ viewport, ratio }: Scene, mostPixels: number, longestSide: number): PixelSize {
  const { width, height } = viewport;
  const largest = Math.min(
    ratio,
    longestSide / Math.max(width, height, 1),
    Math.sqrt(mostPixels / Math.max(width * height, 1)),
  );
  // Rounded down where the painter's limits apply, so that they are not exceeded.
  const round = largest < ratio ? Math.floor : Math.round;
  return { width: round(width * largest), height: round(height * largest), ratio: largest };
}
