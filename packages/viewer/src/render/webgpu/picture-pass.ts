import { PAGE_SIDE, PictureSlots, reducedPicture, slotGrid, slotOrigin } from '../picture-slots.ts';
import { FRAME, MOST_PICTURES, type PictureMarks } from '../pictures.ts';
import type { ScatterImages } from '../scatter.ts';
import type { PixelSize } from '../scene.ts';
import drawPictures from './draw-pictures.wgsl';
import { bind, compileRender } from './passes.ts';

/** Bytes of one instance that draw-pictures.wgsl reads. */
const PICTURE_MARK_BYTES = 20;
/** Bytes of draw-pictures.wgsl's parameters. */
const PARAMS_BYTES = 64;

/** @param format of the canvas */
export function compilePictures(device: GPUDevice, format: GPUTextureFormat): Promise<GPURenderPipeline> {
  const marks: GPUVertexBufferLayout = {
    arrayStride: PICTURE_MARK_BYTES,
    stepMode: 'instance',
    attributes: [
      { shaderLocation: 0, offset: 0, format: 'float32x2' },
      { shaderLocation: 1, offset: 8, format: 'uint32' },
      { shaderLocation: 2, offset: 12, format: 'unorm8x4' },
      { shaderLocation: 3, offset: 16, format: 'unorm8x4' },
    ],
  };
  return compileRender(device, format, {
    label: 'draw-pictures',
    code: drawPictures,
    vertex: { entryPoint: 'place_corner', buffers: [marks] },
    fragment: 'draw_picture',
  });
}

/** Draws pictures of points from an atlas that contains the pictures drawn last. */
export class PicturePass {
  readonly images: ScatterImages;
  readonly #device: GPUDevice;
  readonly #pipeline: GPURenderPipeline;
  readonly #slots = new PictureSlots();
  readonly #atlas: GPUTexture;
  readonly #sampler: GPUSampler;
  readonly #params: GPUBuffer;
  readonly #marks: GPUBuffer;

  /** @param pipeline of `compilePictures` */
  constructor(device: GPUDevice, pipeline: GPURenderPipeline, images: ScatterImages) {
    this.images = images;
    this.#device = device;
    this.#pipeline = pipeline;
    this.#atlas = device.createTexture({
      label: 'scatter pictures',
      size: [PAGE_SIDE, PAGE_SIDE, slotGrid(images).pages],
      format: 'r8unorm',
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    this.#sampler = device.createSampler({ magFilter: 'linear', minFilter: 'linear' });
    const buffer = (label: string, size: number, usage: number) =>
      device.createBuffer({ label: `scatter ${label}`, size, usage: usage | GPUBufferUsage.COPY_DST });
    this.#params = buffer('picture size', PARAMS_BYTES, GPUBufferUsage.UNIFORM);
    this.#marks = buffer('picture marks', MOST_PICTURES * PICTURE_MARK_BYTES, GPUBufferUsage.VERTEX);
  }

  encode(
    encoder: GPUCommandEncoder,
    { images, background, width, height, marks }: PictureMarks,
    size: PixelSize,
    target: GPUTextureView,
  ): void {
    const grid = slotGrid(images);
    const slots = this.#slots.assign(
      marks.map(({ picture }) => picture),
      (picture, slot) => {
        const { page, x, y } = slotOrigin(grid, slot);
        this.#device.queue.writeTexture(
          { texture: this.#atlas, origin: [x, y, page] },
          reducedPicture(images, picture),
          { bytesPerRow: grid.width },
          [grid.width, grid.height],
        );
      },
    );
    const instances = new ArrayBuffer(marks.length * PICTURE_MARK_BYTES);
    const view = new DataView(instances);
    marks.forEach(({ x, y, frame, rim, strength }, i) => {
      const at = i * PICTURE_MARK_BYTES;
      view.setFloat32(at, x * size.ratio, true);
      view.setFloat32(at + 4, y * size.ratio, true);
      view.setUint32(at + 8, slots[i], true);
      const colors = [
        ...frame,
        Math.round(strength * 255),
        ...(rim ?? [0, 0, 0]),
        rim === undefined ? 0 : 255,
      ];
      colors.forEach((value, channel) => {
        view.setUint8(at + 12 + channel, value);
      });
    });
    this.#device.queue.writeBuffer(this.#marks, 0, instances);
    const half = [(width * size.ratio) / 2, (height * size.ratio) / 2];
    const params = new ArrayBuffer(PARAMS_BYTES);
    new Float32Array(params).set([...background.map((value) => value / 255), 1, size.width, size.height]);
    new Float32Array(params).set([...half, grid.width, grid.height], 6);
    new Uint32Array(params).set([grid.columns, grid.rows], 10);
    new Float32Array(params).set([FRAME * size.ratio], 12);
    this.#device.queue.writeBuffer(this.#params, 0, params);

    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: target, loadOp: 'load', storeOp: 'store' }],
    });
    pass.setPipeline(this.#pipeline);
    const atlas = this.#atlas.createView({ dimension: '2d-array' });
    pass.setBindGroup(0, bind(this.#device, this.#pipeline, [atlas, this.#sampler, this.#params]));
    pass.setVertexBuffer(0, this.#marks);
    pass.draw(4, marks.length);
    pass.end();
  }

  destroy(): void {
    this.#atlas.destroy();
    this.#params.destroy();
    this.#marks.destroy();
  }
}
