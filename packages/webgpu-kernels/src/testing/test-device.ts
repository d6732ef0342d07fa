import { openDawn } from '../node/dawn.ts';
import { DeviceContext } from '../runtime/device.ts';
import { bindKernel } from '../runtime/pipeline-cache.ts';
import { Commands } from '../runtime/dispatch.ts';
import { wholeBuffer } from '../runtime/buffers.ts';
import { isUniform, type Grid, type Kernel, type KernelConstants } from '../runtime/kernel.ts';

/** A real device for kernel tests; there are no mocks. */
export interface TestDevice {
  /** Dawn's instance; see `openDawn`. */
  readonly gpu: GPU;
  readonly context: DeviceContext;
  destroy(): void;
}

/**
 * Opens the adapter in `SHOAL_TEST_ADAPTER`, else the first adapter that Dawn finds, which may be emulated.
 *
 * @param request features and limits to request; by default none, so that the device has those of every device
 * @throws {Error} without an adapter: kernel tests fail instead of being skipped
 */
export async function openTestDevice(
  request: (adapter: GPUAdapter) => Promise<GPUDevice> = (adapter) => adapter.requestDevice(),
): Promise<TestDevice> {
  const name = process.env['SHOAL_TEST_ADAPTER'];
  const gpu = await openDawn(name === undefined ? [] : [`adapter=${name}`], true);
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null) {
    throw new Error(
      'Kernel tests need a WebGPU adapter and found none: install a Vulkan driver, or point VK_DRIVER_FILES ' +
        'and LD_LIBRARY_PATH at a software one such as the SwiftShader in Chromium.',
    );
  }
  const context = new DeviceContext(await request(adapter), { software: true, adapterInfo: adapter.info });
  return {
    gpu,
    context,
    destroy() {
      context.destroy(true);
    },
  };
}

/** Runs one kernel over host arrays and returns the final bytes of its writable bindings. */
export async function runKernel<Binding extends string>(
  context: DeviceContext,
  kernel: Kernel<Binding>,
  run: {
    readonly grid: Grid;
    readonly buffers: Readonly<Record<Binding, ArrayBufferView>>;
    readonly constants?: KernelConstants;
  },
): Promise<Record<Binding, ArrayBuffer>> {
  const scope = context.createScope();
  try {
    const pipeline = await context.pipelines.get(kernel, run.constants);
    const names = Object.keys(kernel.bindings) as Binding[];
    const { bound, buffers } = await context.guard(`testing ${kernel.label}`, () => {
      const made = Object.fromEntries(
        names.map((name) => {
          const data = run.buffers[name];
          if (!isUniform(kernel.bindings[name])) return [name, scope.upload(name, data)];
          const params = new ArrayBuffer(data.byteLength);
          new Uint8Array(params).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
          return [name, scope.uniform(name, params)];
        }),
      ) as Record<Binding, GPUBuffer>;
      return { bound: bindKernel(context.device, pipeline, made), buffers: made };
    });
    const commands = new Commands(context, `testing ${kernel.label}`);
    await commands.dispatch(bound, run.grid);
    const results = {} as Record<Binding, ArrayBuffer>;
    for (const name of names) {
      if (kernel.bindings[name] !== 'read-write') continue;
      const bytes = await commands.read(scope, wholeBuffer(buffers[name]));
      results[name] = bytes.slice(0, run.buffers[name].byteLength);
    }
    return results;
  } finally {
    scope.destroy();
  }
}
