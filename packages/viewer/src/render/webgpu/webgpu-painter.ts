import { DeviceError, UnsupportedError } from '@shoal/core';
import { planLayers } from '../layers.ts';
import type { Painter } from '../painter.ts';
import type { ScatterImages } from '../scatter.ts';
import { pixelSize, type Scene } from '../scene.ts';
import { LayerPass, SUMS_BYTES } from './layer-pass.ts';
import { compilePasses, type Passes } from './passes.ts';
import type { PicturePass } from './picture-pass.ts';
import { SceneBuffers } from './scene-buffers.ts';

/** Error scopes in the order in which they are pushed. */
const scopes = ['internal', 'validation', 'out-of-memory'] as const;

/** Draws with WebGPU, without any optional feature and within the default limits. */
export class WebGpuPainter implements Painter {
  readonly backend = 'webgpu';
  readonly name: string;
  readonly mostPoints: number;
  readonly takesBuffers: boolean;
  readonly canvas: HTMLCanvasElement;
  readonly device: GPUDevice;
  readonly #context: GPUCanvasContext;
  readonly #buffers: SceneBuffers;
  readonly #layers: LayerPass;
  readonly #format: GPUTextureFormat;
  /** Makes a pass for pictures; its code is loaded when there are pictures to draw. */
  #makePictures: ((images: ScatterImages) => PicturePass) | undefined;
  #pictures: PicturePass | undefined;
  #lost: string | undefined;

  /**
   * @param ownsDevice destroys the device with the painter
   * @throws {UnsupportedError} when the canvas has another context already
   * @throws {DeviceError} when the device fails
   */
  static async create(
    canvas: HTMLCanvasElement,
    device: GPUDevice,
    ownsDevice: boolean,
  ): Promise<WebGpuPainter> {
    const format = navigator.gpu.getPreferredCanvasFormat();
    const passes = await compilePasses(device, format).catch((cause: unknown) => {
      throw new DeviceError('internal', `The GPU failed while compiling: ${String(cause)}`, { cause });
    });
    // Last, after everything else works: a canvas with this context cannot get another one.
    const context = canvas.getContext('webgpu');
    if (context === null) {
      throw new UnsupportedError('The canvas has no WebGPU context: it is used for something else.');
    }
    context.configure({ device, format, alphaMode: 'opaque' });
    return new WebGpuPainter(canvas, context, device, ownsDevice, { passes, format });
  }

  private constructor(
    canvas: HTMLCanvasElement,
    context: GPUCanvasContext,
    device: GPUDevice,
    ownsDevice: boolean,
    { passes, format }: { readonly passes: Passes; readonly format: GPUTextureFormat },
  ) {
    const { description, vendor, architecture } = device.adapterInfo;
    this.name = description || [vendor, architecture].filter(Boolean).join(' ') || 'an unnamed GPU';
    this.mostPoints = Math.floor(device.limits.maxStorageBufferBindingSize / 8);
    this.canvas = canvas;
    this.device = device;
    this.takesBuffers = !ownsDevice;
    this.#context = context;
    this.#format = format;
    this.#buffers = new SceneBuffers(device);
    this.#layers = new LayerPass(device, passes);
    void device.lost.then(({ reason, message }) => {
      this.#lost = message || reason;
    });
  }

  async paint(scene: Scene): Promise<void> {
    await this.#draw(scene);
    if (scene.pictureMarks === undefined || this.#makePictures !== undefined) return;
    const { compilePictures, PicturePass } = await import('./picture-pass.ts');
    const pipeline = await compilePictures(this.device, this.#format).catch((cause: unknown) => {
      throw new DeviceError(
        this.#lost === undefined ? 'internal' : 'lost',
        `The GPU failed while compiling: ${String(cause)}`,
        { cause },
      );
    });
    this.#makePictures = (images) => new PicturePass(this.device, pipeline, images);
    await this.#draw(scene);
  }

  async #draw(scene: Scene): Promise<void> {
    for (const scope of scopes) this.device.pushErrorScope(scope);
    let caught: Promise<GPUError | null>[];
    try {
      this.#submit(scene);
    } finally {
      caught = scopes.map(() => this.device.popErrorScope());
    }
    // The innermost scope, which is popped first, has the cause of the errors in the others.
    const outcome = await Promise.allSettled([...caught, this.device.queue.onSubmittedWorkDone()]);
    // `lost` may resolve just after the promises that fail because of it.
    await Promise.resolve();
    if (this.#lost !== undefined) throw new DeviceError('lost', `the GPU was lost (${this.#lost})`);
    outcome.forEach((result, i) => {
      if (result.status === 'rejected') {
        throw new DeviceError('internal', `the GPU failed (${String(result.reason)})`);
      }
      if (!result.value) return;
      const reason = scopes.at(-1 - i)!;
      throw new DeviceError(reason, `the GPU failed (${reason}: ${result.value.message})`);
    });
  }

  destroy(): void {
    this.#buffers.destroy();
    this.#layers.destroy();
    this.#pictures?.destroy();
    this.#context.unconfigure();
    if (!this.takesBuffers) this.device.destroy();
  }

  #submit(scene: Scene): void {
    const { canvas, device } = this;
    const { maxStorageBufferBindingSize, maxTextureDimension2D } = device.limits;
    const size = pixelSize(scene, maxStorageBufferBindingSize / SUMS_BYTES, maxTextureDimension2D);
    if (canvas.width !== size.width) canvas.width = size.width;
    if (canvas.height !== size.height) canvas.height = size.height;
    if (size.width === 0 || size.height === 0) return;
    const target = this.#context.getCurrentTexture().createView();
    const encoder = device.createCommandEncoder({ label: 'scatter' });
    const [r, g, b] = scene.style.background;
    encoder
      .beginRenderPass({
        label: 'background',
        colorAttachments: [
          { view: target, loadOp: 'clear', storeOp: 'store', clearValue: [r / 255, g / 255, b / 255, 1] },
        ],
      })
      .end();
    const layers = planLayers(scene, size.ratio);
    if (layers.length > 0) {
      this.#buffers.update(scene);
      this.#layers.encode(encoder, scene, this.#buffers, layers, size, target);
    }
    const marks = scene.pictureMarks;
    if (marks !== undefined && this.#makePictures !== undefined) {
      if (this.#pictures?.images !== marks.images) {
        this.#pictures?.destroy();
        this.#pictures = this.#makePictures(marks.images);
      }
      this.#pictures.encode(encoder, marks, size, target);
    }
    device.queue.submit([encoder.finish()]);
  }
}
