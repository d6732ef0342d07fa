import { DeviceError, InvalidArgumentError } from '@shoal/core';
import { FramePace } from './frame-pace.ts';
import { pointDiameter } from './layers.ts';
import type { Painter } from './painter.ts';
import type { Camera, Color, Scatter, ScatterImages, ScatterStyle } from './scatter.ts';
import { Scene } from './scene.ts';

/**
 * Finds another painter after one has failed; it destroys the failed one.
 *
 * @param failures painters that failed since the last complete picture
 */
export type ReplacePainter = (failed: Painter, error: DeviceError, failures: number) => Promise<Painter>;

/** How long the camera rests before all points are drawn again. */
const REST_MS = 150;

/** Draws a scene with a painter, one animation frame at a time. */
export class SceneScatter implements Scatter {
  readonly #scene = new Scene();
  readonly #replace: ReplacePainter;
  readonly #onChange: () => void;
  #painter: Painter;
  /** Whether frames are still to be drawn. */
  #running: Promise<void> | undefined;
  #dirty = false;
  #destroyed = false;
  #failures = 0;
  readonly #pace = new FramePace();
  /** Whether nothing but the camera changed since the last frame. */
  #onlyMoved = false;

  /** @param onChange called when another painter starts to draw */
  constructor(painter: Painter, replace: ReplacePainter, onChange: () => void) {
    this.#painter = painter;
    this.#replace = replace;
    this.#onChange = onChange;
  }

  get backend(): Scatter['backend'] {
    return this.#painter.backend;
  }

  get description(): string {
    const { name, mostPoints } = this.#painter;
    const { count, devicePositions, deviceGroups } = this.#scene;
    if ((devicePositions ?? deviceGroups) !== undefined && this.backend === 'canvas') {
      return `${name}; the points were on that GPU, and have to be set again`;
    }
    if (count <= mostPoints) return name;
    return `${name}; about ${mostPoints.toLocaleString('en')} of ${count.toLocaleString('en')} points are drawn, of every group by its share`;
  }

  get mostPoints(): number {
    return this.#painter.mostPoints;
  }

  get showsPictures(): boolean {
    return this.#scene.pictureMarks !== undefined;
  }

  get markSize(): number {
    const pictures = this.#scene.pictureMarks;
    return pictures === undefined ? pointDiameter(this.#scene) : Math.max(pictures.width, pictures.height);
  }

  setPositions(positions: Float32Array | GPUBuffer): void {
    const onDevice = !(positions instanceof Float32Array);
    if (onDevice) this.#assertDrawable('Positions', positions);
    const { backend, name, mostPoints } = this.#painter;
    const count = onDevice ? positions.size / 8 : positions.length / 2;
    if (backend === 'webgpu' && count > mostPoints) {
      throw new InvalidArgumentError(
        `${name} draws at most ${mostPoints} points, not ${count}. Set a sample of them.`,
      );
    }
    this.#change(() => {
      this.#scene.setPositions(positions);
      this.#pace.forget();
    });
  }

  setGroups(groups: Uint32Array | GPUBuffer): void {
    if (!(groups instanceof Uint32Array)) this.#assertDrawable('Groups', groups);
    this.#change(() => {
      this.#scene.setGroups(groups);
    });
  }

  setPalette(palette: readonly Color[]): void {
    this.#change(() => {
      this.#scene.setPalette(palette);
    });
  }

  setMarks(marks: Uint8Array): void {
    this.#change(() => {
      this.#scene.setMarks(marks);
    });
  }

  setSizes(sizes: Uint8Array | undefined): void {
    this.#change(() => {
      this.#scene.setSizes(sizes);
    });
  }

  setImages(images: ScatterImages | undefined): void {
    this.#change(() => {
      this.#scene.setImages(images);
    });
  }

  setStyle(style: ScatterStyle): void {
    this.#change(() => {
      this.#scene.setStyle(style);
    });
  }

  setCamera(camera: Camera): void {
    const onlyMoved = this.#onlyMoved || !this.#dirty;
    this.#change(() => {
      this.#scene.setCamera(camera);
    });
    this.#onlyMoved = onlyMoved;
  }

  resize(width: number, height: number, ratio: number): void {
    this.#change(() => {
      this.#scene.resize(width, height, ratio);
      this.#pace.forget();
    });
  }

  redraw(): void {
    this.#change(() => undefined);
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async snapshot(): Promise<Blob> {
    await this.settled();
    const painter = this.#painter;
    const painted = this.#paint();
    const { canvas } = painter;
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve);
    });
    await painted;
    if (painter !== this.#painter) return this.snapshot();
    if (blob !== null) return blob;
    throw new InvalidArgumentError(
      `A canvas of ${canvas.width} x ${canvas.height} pixels has no picture; resize the scatter first.`,
    );
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#dirty = false;
    this.#painter.destroy();
  }

  #assertDrawable(what: string, buffer: GPUBuffer): void {
    const { name, takesBuffers } = this.#painter;
    if (!takesBuffers) {
      throw new InvalidArgumentError(
        `${what} in a GPUBuffer need a device that the scatter shares, but it draws with ${name}: ` +
          'give createScatter the device, or set an array.',
      );
    }
    if ((buffer.usage & GPUBufferUsage.STORAGE) === 0) {
      throw new InvalidArgumentError(
        `${what} in a GPUBuffer are read as storage, but its usage is ${buffer.usage}; add GPUBufferUsage.STORAGE.`,
      );
    }
  }

  #change(apply: () => void): void {
    if (this.#destroyed) return;
    apply();
    this.#dirty = true;
    this.#onlyMoved = false;
    this.#running ??= this.#run();
  }

  /**
   * Draws one frame at a time, and the next only when it is complete, so that a slow device never gets more work than it can
   * do. While the camera moves, it draws a sample if all points would take too long, and all of them when it rests.
   */
  async #run(): Promise<void> {
    try {
      while (this.#dirty) {
        await new Promise(requestAnimationFrame);
        this.#dirty = false;
        await this.#frame();
        if (this.#scene.isThinned && !this.#isChanged()) await this.#rest();
      }
    } finally {
      this.#running = undefined;
    }
  }

  async #frame(): Promise<void> {
    const isMove = this.#onlyMoved;
    this.#onlyMoved = false;
    await this.#thin(isMove ? this.#pace.mostPoints : Infinity);
    const start = performance.now();
    await this.#paint();
    if (isMove) this.#pace.learn(this.#scene.layers.points.length, performance.now() - start);
  }

  /** Waits until the camera moves on, or draws all points when it rests. */
  async #rest(): Promise<void> {
    const end = performance.now() + REST_MS;
    while (!this.#isChanged() && performance.now() < end) await new Promise(requestAnimationFrame);
    if (this.#isChanged() || this.#isDestroyed()) return;
    this.#scene.drawAll();
    await this.#paint();
  }

  /** Draws at most as many points from now on; all of them if the code that chooses some cannot be loaded. */
  async #thin(most: number): Promise<void> {
    const sampling = most < Infinity ? await import('./sample-layers.ts').catch(() => undefined) : undefined;
    if (sampling === undefined) this.#scene.drawAll();
    else this.#scene.thin(most, sampling.sampleLayers);
  }

  async #paint(): Promise<void> {
    if (this.#isDestroyed()) return;
    try {
      await this.#painter.paint(this.#scene);
      this.#failures = 0;
    } catch (error) {
      // A destroyed painter may destroy its device.
      if (this.#isDestroyed()) return;
      if (!(error instanceof DeviceError)) throw error;
      this.#painter = await this.#replace(this.#painter, error, ++this.#failures);
      if (this.#isDestroyed()) {
        this.#painter.destroy();
        return;
      }
      this.#pace.forget();
      this.#onChange();
      this.redraw();
    }
  }

  /** A method, because its result changes during an `await`; so does that of the next. */
  #isChanged(): boolean {
    return this.#dirty;
  }

  #isDestroyed(): boolean {
    return this.#destroyed;
  }
}
