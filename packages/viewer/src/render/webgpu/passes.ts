import findPeak from './peak.wgsl';
import resolveLayer from './resolve.wgsl';
import splatPoints from './splat.wgsl';

/** The compiled kernels and shaders of a device. */
export interface Passes {
  readonly splat: GPUComputePipeline;
  readonly peak: GPUComputePipeline;
  readonly resolve: GPURenderPipeline;
}

/** A vertex and a fragment shader of one module. */
export interface RenderShaders {
  readonly label: string;
  readonly code: string;
  readonly vertex: Partial<GPUVertexState>;
  readonly fragment: string;
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
  const [splat, peak, resolve] = await Promise.all([
    compute('splat', splatPoints, 'splat'),
    compute('peak', findPeak, 'find_peak'),
    compileRender(device, format, {
      label: 'resolve',
      code: resolveLayer,
      vertex: { entryPoint: 'cover_picture' },
      fragment: 'resolve',
    }),
  ]);
  return { splat, peak, resolve };
}

/** @param format of the canvas */
export function compileRender(
  device: GPUDevice,
  format: GPUTextureFormat,
  { label, code, vertex, fragment }: RenderShaders,
): Promise<GPURenderPipeline> {
  const module = device.createShaderModule({ label, code });
  return device.createRenderPipelineAsync({
    label,
    layout: 'auto',
    vertex: { module, ...vertex },
    fragment: { module, entryPoint: fragment, targets: [{ format, blend: over }] },
    primitive: { topology: 'triangle-strip' },
  });
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
