import { DeviceError } from '@shoal/core';
import type { BufferSlice } from './buffers.ts';
import { shaderStageCompute } from './gpu-constants.ts';
import type { StreamedPart } from './streamed-part.ts';
import { isUniform, shaderCode, type BindingAccess, type Kernel, type KernelConstants } from './kernel.ts';

/** A compiled kernel. */
export interface Pipeline<Binding extends string = string> {
  readonly kernel: Kernel<Binding>;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** A compiled kernel with its buffers, which can be dispatched any number of times. */
export interface BoundKernel {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  /** Data that must be copied to the device before. */
  readonly part?: StreamedPart | undefined;
}

function bindingType(access: BindingAccess): GPUBufferBindingType {
  if (isUniform(access)) return 'uniform';
  return access === 'read' ? 'read-only-storage' : 'storage';
}

/** Compiles each kernel once per set of constants. */
export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #pipelines = new Map<string, Promise<Pipeline>>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** @throws {DeviceError} with the compiler's message when the kernel does not compile */
  get<Binding extends string>(
    kernel: Kernel<Binding>,
    constants: KernelConstants = {},
  ): Promise<Pipeline<Binding>> {
    const key = JSON.stringify([kernel.label, constants]);
    let compiled = this.#pipelines.get(key);
    if (compiled === undefined) {
      compiled = this.#compile(kernel, constants);
      this.#pipelines.set(key, compiled);
    }
    return compiled;
  }

  async #compile<Binding extends string>(
    kernel: Kernel<Binding>,
    constants: KernelConstants,
  ): Promise<Pipeline<Binding>> {
    const { label } = kernel;
    // Errors of the module and the layouts also reject the pipeline's promise; the scope prevents a second report as
    // uncaptured errors.
    this.#device.pushErrorScope('validation');
    const module = this.#device.createShaderModule({ label, code: shaderCode(kernel) });
    const layout = this.#device.createBindGroupLayout({
      label,
      entries: Object.values<BindingAccess>(kernel.bindings).map((access, binding) => ({
        binding,
        visibility: shaderStageCompute,
        buffer: { type: bindingType(access) },
      })),
    });
    const pipeline = this.#device.createComputePipelineAsync({
      label,
      layout: this.#device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: kernel.entryPoint, constants },
    });
    const [built, scope] = await Promise.allSettled([pipeline, this.#device.popErrorScope()]);
    if (built.status === 'fulfilled') return { kernel, pipeline: built.value, layout };
    const refused = scope.status === 'fulfilled' ? scope.value : null;
    const cause: unknown = refused ?? built.reason;
    const message = refused?.message ?? String(built.reason);
    throw new DeviceError('validation', `The kernel ${label} did not compile on this device: ${message}`, {
      cause,
    });
  }
}

/** Binds buffers to a compiled kernel. Call it inside `DeviceContext.guard`. */
export function bindKernel<Binding extends string>(
  device: GPUDevice,
  { kernel, pipeline, layout }: Pipeline<Binding>,
  buffers: Readonly<Record<Binding, GPUBuffer | BufferSlice>>,
): BoundKernel {
  const names = Object.keys(kernel.bindings) as Binding[];
  let part: StreamedPart | undefined;
  const entries = names.map((name, binding) => {
    const bound: GPUBuffer | BufferSlice = buffers[name];
    if (!('offset' in bound)) return { binding, resource: { buffer: bound } };
    const { buffer, offset, size } = bound;
    part ??= bound.part;
    return { binding, resource: { buffer, offset, size } };
  });
  return {
    part,
    label: kernel.label,
    pipeline,
    bindGroup: device.createBindGroup({ label: kernel.label, layout, entries }),
  };
}
