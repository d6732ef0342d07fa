import drawPictures from './draw-pictures.wgsl';
import findPeak from './peak.wgsl';
import resolveLayer from './resolve.wgsl';
import splatPoints from './splat.wgsl';

/** Bytes of one instance that draw-pictures.wgsl reads. */
export const PICTURE_MARK_BYTES = 20;

/** The compiled kernels and shaders of a device. */
export interface Passes {
  readonly splat: GPUComputePipeline;
  readonly peak: GPUComputePipeline;
  readonly resolve: GPURenderPipeline;
  readonly pictures: GPURenderPipeline;
}

/** Blends premultiplied colors over the existing ones. */
const over: GPUBlendState = {
  color: { srcFactor: 'one', dstFactor: 'one-minus-src-alpha' },
  alpha: { srcFactor: 'one', dstFactor: 'one-minus-src-alpha' },
};

/** @param format of the canvas */
export async function compilePasses(device: GPUDevice, format: GPUTextureFormat): Promise<Passes> {
  const compute = (label: string, code: string, entryPoint: string) =>
    device.createComputePipelineAsync({
      label,
      layout: 'auto',
      compute: { module: device.createShaderModule({ label, code }), entryPoint },
    });
  const render = (label: string, code: string, vertex: Partial<GPUVertexState>, fragment: string) => {
    const module = device.createShaderModule({ label, code });
    return device.createRenderPipelineAsync({
      label,
      layout: 'auto',
      vertex: { module, ...vertex },
      fragment: { module, entryPoint: fragment, targets: [{ format, blend: over }] },
      primitive: { topology: 'triangle-strip' },
    });
  };
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
  const [splat, peak, resolve, pictures] = await Promise.all([
    compute('splat', splatPoints, 'splat'),
    compute('peak', findPeak, 'find_peak'),
    render('resolve', resolveLayer, { entryPoint: 'cover_picture' }, 'resolve'),
    render('draw-pictures', drawPictures, { entryPoint: 'place_corner', buffers: [marks] }, 'draw_picture'),
  ]);
  return { splat, peak, resolve, pictures };
}

/** Binds buffers, textures and samplers to a pass, in the order of their slots. */
export function bind(
  device: GPUDevice,
  pipeline: GPUComputePipeline | GPURenderPipeline,
  resources: readonly (GPUBuffer | GPUBindingResource)[],
): GPUBindGroup {
  return device.createBindGroup({
    label: pipeline.label,
    layout: pipeline.getBindGroupLayout(0),
    entries: resources.map((resource, binding) => ({
      binding,
      resource: resource instanceof GPUBuffer ? { buffer: resource } : resource,
    })),
  });
}
