import { UnsupportedError } from '@shoal/core';
import type { Painter } from '../painter.ts';
import { FRAME, type PictureMarks } from '../pictures.ts';
import type { Color } from '../scatter.ts';
import { pixelSize, type Scene } from '../scene.ts';
import { sampleLayers } from '../sample-layers.ts';
import type { LayeredPoints } from '../scene-view.ts';
import { CanvasPictures } from './canvas-pictures.ts';
import { rasterize, type RasterScene } from './rasterize.ts';

/** The most points: they are drawn within a few dozen milliseconds. */
const MOST_POINTS = 100_000;
/**
 * The most pixels, which a CPU shades without a noticeable delay, and the longest side that a canvas can have in every
 * browser.
 */
const MOST_PIXELS = 2560 * 1600;
const LONGEST_SIDE = 8192;

/** Draws on the CPU, into a canvas without WebGPU. */
export class CanvasPainter implements Painter {
  readonly backend = 'canvas';
  readonly name: string;
  readonly mostPoints = MOST_POINTS;
  readonly takesBuffers = false;
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #release: () => void;
  #pictures: CanvasPictures | undefined;
  /** The drawn points, of the layers that they were chosen from. */
  #drawn: { readonly of: LayeredPoints; readonly layers: LayeredPoints } | undefined;

  /**
   * @param reason why WebGPU is not used, for people
   * @param release called when the painter is destroyed
   * @throws {UnsupportedError} when the canvas has another context already
   */
  constructor(canvas: HTMLCanvasElement, reason: string, release: () => void = () => undefined) {
    const context = canvas.getContext('2d');
    if (context === null) {
      throw new UnsupportedError(
        'The canvas has no 2D context: it is used for something else. Give the scatter its own canvas.',
      );
    }
    this.canvas = canvas;
    this.name = `Canvas, since ${reason}`;
    this.#context = context;
    this.#release = release;
  }

  async paint(scene: Scene): Promise<void> {
    const size = pixelSize(scene, MOST_PIXELS, LONGEST_SIDE);
    if (this.canvas.width !== size.width) this.canvas.width = size.width;
    if (this.canvas.height !== size.height) this.canvas.height = size.height;
    if (size.width === 0 || size.height === 0) return;
    const image = this.#context.createImageData(size.width, size.height);
    rasterize(this.#drawnOf(scene), size, image.data);
    this.#context.putImageData(image, 0, 0);
    if (scene.pictureMarks !== undefined) this.#paintPictures(scene.pictureMarks, size.ratio);
  }

  destroy(): void {
    this.#pictures = undefined;
    this.#release();
  }

  #drawnOf(scene: Scene): RasterScene {
    const { positions, camera, viewport, style, count, bounds, groups, palette, marks, sizes } = scene;
    const view = { positions, camera, viewport, style, count, bounds, groups, palette, marks, sizes };
    const { layers } = scene;
    if (this.#drawn?.of !== layers) {
      this.#drawn = { of: layers, layers: sampleLayers(scene, MOST_POINTS) };
    }
    return { ...view, layers: this.#drawn.layers };
  }

  #paintPictures({ images, background, width, height, marks }: PictureMarks, ratio: number): void {
    if (this.#pictures?.images !== images) this.#pictures = new CanvasPictures(images);
    const sources = this.#pictures.show(marks.map(({ picture }) => picture));
    const context = this.#context;
    context.save();
    context.scale(ratio, ratio);
    context.lineWidth = FRAME;
    marks.forEach(({ x, y, frame, rim, strength }, i) => {
      const left = x - width / 2;
      const top = y - height / 2;
      if (rim !== undefined) {
        context.fillStyle = css(rim);
        context.fillRect(left - FRAME, top - FRAME, width + 2 * FRAME, height + 2 * FRAME);
      }
      context.fillStyle = css(background);
      context.fillRect(left, top, width, height);
      context.globalAlpha = strength;
      context.strokeStyle = css(frame);
      context.strokeRect(left + FRAME / 2, top + FRAME / 2, width - FRAME, height - FRAME);
      context.drawImage(sources[i], left + FRAME, top + FRAME, width - 2 * FRAME, height - 2 * FRAME);
      context.globalAlpha = 1;
    });
    context.restore();
  }
}

function css(color: Color): string {
  return `rgb(${color.join(' ')})`;
}
