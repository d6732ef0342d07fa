import type { Layer } from '../layers.ts';
import type { PixelSize, Scene } from '../scene.ts';
import { bind, type Passes } from './passes.ts';
import type { SceneBuffers } from './scene-buffers.ts';

/** Bytes of a pixel's sums. */
export const SUMS_BYTES = 16;
/** Alignment of uniforms in bytes: the default limit of WebGPU. */
const UNIFORM_STRIDE = 256;
/** The most layers, and the uniforms of each: for splat, peak and resolve. */
const MOST_LAYERS = 4;
const UNIFORMS = 3;
/** Threads of a workgroup, as in splat.wgsl, and workgroups that find the peak. */
const GROUP = 64;
const PEAK_GROUPS = 256;
/** The most workgroups along one axis: the default limit of WebGPU. */
const MOST_GROUPS = 65_535;

/**
 * Draws layers: points are added up per pixel, then sums are turned into colors. All layers use the same buffer of sums, one
 * after another.
 */
export class LayerPass {
  readonly #device: GPUDevice;
  readonly #passes: Passes;
  readonly #peak: GPUBuffer;
  readonly #uniforms: GPUBuffer;
  #sums: GPUBuffer | undefined;

  constructor(device: GPUDevice, passes: Passes) {
    this.#device = device;
    this.#passes = passes;
    const buffer = (label: string, size: number, usage: number) =>
      device.createBuffer({ label: `scatter ${label}`, size, usage: usage | GPUBufferUsage.COPY_DST });
    this.#peak = buffer('peak', 4, GPUBufferUsage.STORAGE);
    this.#uniforms = buffer('layers', MOST_LAYERS * UNIFORMS * UNIFORM_STRIDE, GPUBufferUsage.UNIFORM);
  }

  /** Draws layers over a picture, the lowest first. */
  encode(
    encoder: GPUCommandEncoder,
    scene: Scene,
    buffers: SceneBuffers,
    layers: readonly Layer[],
    size: PixelSize,
    target: GPUTextureView,
  ): void {
    const sums = this.#sumsFor(size.width * size.height);
    this.#writeUniforms(scene, layers, size);
    layers.forEach(({ count, shaded }, i) => {
      encoder.clearBuffer(sums);
      encoder.clearBuffer(this.#peak);
      const compute = encoder.beginComputePass();
      this.#run(compute, this.#passes.splat, [
        ...buffers.bindings(scene),
        sums,
        this.#uniform(i, 0),
        buffers.sizes,
      ]);
      const groups = Math.ceil(count / GROUP);
      const rows = Math.ceil(groups / MOST_GROUPS);
      compute.dispatchWorkgroups(Math.ceil(groups / rows), rows);
      if (shaded) {
        this.#run(compute, this.#passes.peak, [sums, this.#peak, this.#uniform(i, 1)]);
        compute.dispatchWorkgroups(PEAK_GROUPS);
      }
      compute.end();
      const render = encoder.beginRenderPass({
        colorAttachments: [{ view: target, loadOp: 'load', storeOp: 'store' }],
      });
      this.#run(render, this.#passes.resolve, [sums, this.#peak, this.#uniform(i, 2)]);
      render.draw(3);
      render.end();
    });
  }

  destroy(): void {
    for (const buffer of [this.#peak, this.#uniforms, this.#sums]) buffer?.destroy();
  }

  #run<P extends GPUComputePipeline | GPURenderPipeline>(
    pass: { setPipeline(pipeline: P): void; setBindGroup(index: number, group: GPUBindGroup): void },
    pipeline: P,
    resources: readonly (GPUBuffer | GPUBindingResource)[],
  ): void {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bind(this.#device, pipeline, resources));
  }

  #uniform(layer: number, which: number): GPUBufferBinding {
    const offset = (layer * UNIFORMS + which) * UNIFORM_STRIDE;
    return { buffer: this.#uniforms, offset, size: UNIFORM_STRIDE };
  }

  #sumsFor(pixels: number): GPUBuffer {
    const size = pixels * SUMS_BYTES;
    if (this.#sums?.size !== size) {
      this.#sums?.destroy();
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
      this.#sums = this.#device.createBuffer({ label: 'scatter sums', size, usage });
    }
    return this.#sums;
  }

  #writeUniforms(scene: Scene, layers: readonly Layer[], size: PixelSize): void {
    const bytes = new ArrayBuffer(MOST_LAYERS * UNIFORMS * UNIFORM_STRIDE);
    const { palette, camera, style } = scene;
    const unit = coverUnit(scene.count);
    const x = Math.fround(camera.x);
    const y = Math.fround(camera.y);
    layers.forEach(({ start, count, radius, growing, color, shaded }, i) => {
      const at = (which: number) => (i * UNIFORMS + which) * UNIFORM_STRIDE;
      new Float32Array(bytes, at(0)).set([
        ...[x, y, camera.x - x, camera.y - y, size.width, size.height],
        ...[camera.scale * size.ratio, radius, unit],
      ]);
      new Uint32Array(bytes, at(0)).set([start, count, palette.length, color === undefined ? 0 : 1], 9);
      new Float32Array(bytes, at(0)).set([growing], 13);
      new Uint32Array(bytes, at(0)).set([scene.sizes === undefined ? 0 : 1], 14);
      new Uint32Array(bytes, at(1)).set([size.width * size.height]);
      const shares = [...style.background, 255, ...(color ?? [0, 0, 0]), color === undefined ? 0 : 255];
      new Float32Array(bytes, at(2)).set(shares.map((value) => value / 255));
      new Uint32Array(bytes, at(2)).set([size.width], 8);
      new Float32Array(bytes, at(2)).set([unit], 9);
      new Uint32Array(bytes, at(2)).set([shaded ? 1 : 0], 10);
    });
    this.#device.queue.writeBuffer(this.#uniforms, 0, bytes);
  }
}

/**
 * The value that a point adds to the sum of a pixel that it covers completely. It has at most 16 bits, and is so small that
 * the sum, a u32, does not overflow if all points cover one pixel: `count * unit <= 2^32 - 1`. It is at least 255 for 2^24
 * points.
 */
export function coverUnit(count: number): number {
  return Math.min(65_535, Math.floor(0xffffffff / Math.max(count, 1)));
}
