import { createReferenceEngine, UnsupportedError, type Engine } from '@shoal/core';
import type { TensorBackend } from '@shoal/deep-clustering';
import type { ArithmeticChoice } from '@shoal/wasm-kernels';
import type { DeviceChange, WebGpuEngine } from '@shoal/webgpu-kernels';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';

/** Values of `--engine`. */
export const ENGINE_NAMES = ['auto', 'webgpu', 'wasm', 'reference'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface EngineRequest {
  readonly name: EngineName;
  /** Part of a GPU adapter's name; naming a software adapter is the only way to get one. */
  readonly adapter?: string | undefined;
  /** Threads of the wasm engine; by default as many as it chooses. */
  readonly threads?: number | undefined;
  /** How the wasm engine adds products up; by default the quickest way that runs. */
  readonly arithmetic?: ArithmeticChoice | undefined;
  /** Threads that train autoencoders without a GPU; by default `threads`, else as many as TensorFlow.js uses. */
  readonly tensorThreads?: number | undefined;
}

/** An engine, why it was taken, and the TensorFlow.js backend that goes with it. */
export interface OpenEngine {
  readonly engine: Engine;
  /** One sentence for people. */
  readonly reason: string;
  /** Opens the backend autoencoders train on: the engine's own GPU, else WebAssembly. */
  tensorBackend(): Promise<TensorBackend>;
  destroy(): void;
}

/**
 * Opens the engine asked for. `auto` takes a hardware GPU, else WebAssembly, and says which and why.
 *
 * @param context is warned when a GPU is lost and opened again; without it the console is
 * @throws {UnsupportedError} when the engine cannot run here
 */
export async function openEngine(
  { name, adapter, threads, arithmetic, tensorThreads }: EngineRequest,
  context?: Pick<CommandContext, 'stderr' | 'endProgress'>,
): Promise<OpenEngine> {
  if (adapter !== undefined && name !== 'webgpu') {
    throw new UsageError(`--adapter chooses a GPU, so it needs --engine webgpu; got --engine ${name}.`);
  }
  if (threads !== undefined && name !== 'wasm') {
    throw new UsageError(
      `--threads are those of a processor, so it needs --engine wasm; got --engine ${name}.`,
    );
  }
  if (arithmetic !== undefined && arithmetic !== 'auto' && name !== 'wasm') {
    throw new UsageError(
      `--arithmetic ${arithmetic} is a choice of the wasm engine, so it needs --engine wasm; got --engine ${name}.`,
    );
  }
  switch (name) {
    case 'webgpu':
      return openWebGpu(adapter, 'asked for', context);
    case 'wasm':
      return openWasm('asked for', { threads, arithmetic }, tensorThreads ?? threads);
    case 'reference':
      return withWasmTensors(createReferenceEngine(), 'asked for', tensorThreads);
    case 'auto':
      try {
        return await openWebGpu(undefined, 'a hardware GPU is here', context);
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error;
        return openWasm(await whyNoGpu(error), {}, tensorThreads);
      }
  }
}

/** Why `auto` did without a GPU, for the reason in parentheses. */
async function whyNoGpu(error: UnsupportedError): Promise<string> {
  const { DawnLoadError } = await import('@shoal/webgpu-kernels/node');
  if (!(error instanceof DawnLoadError)) return 'no hardware GPU was found';
  return `no GPU can be used: Dawn, which gives Node.js WebGPU, cannot be loaded here: ${error.reason}`;
}

async function openWebGpu(
  adapter: string | undefined,
  why: string,
  context: Pick<CommandContext, 'stderr' | 'endProgress'> | undefined,
): Promise<OpenEngine> {
  const { createNodeWebGpuEngine } = await import('@shoal/webgpu-kernels/node');
  const { readTunings } = await import('./tuning-file.ts');
  const tuning = await readTunings();
  const onDeviceChange = context && warningOf(context);
  const allowSoftware = adapter !== undefined;
  const engine = await createNodeWebGpuEngine({ adapter, allowSoftware, tuning, onDeviceChange });
  return withTensors(engine, why, async () => {
    const { createTensorBackend } = await import('@shoal/deep-clustering/node');
    return createTensorBackend(gpuTensors(engine));
  });
}

function warningOf({
  stderr,
  endProgress,
}: Pick<CommandContext, 'stderr' | 'endProgress'>): (change: DeviceChange) => void {
  return ({ message }) => {
    endProgress();
    stderr(`warning: ${message}`);
  };
}

function gpuTensors(engine: WebGpuEngine): {
  readonly kind: 'webgpu';
  readonly device: GPUDevice;
  readonly adapterInfo: GPUAdapterInfo;
} {
  return { kind: 'webgpu', device: engine.device, adapterInfo: engine.adapterInfo };
}

async function openWasm(
  why: string,
  options: Pick<EngineRequest, 'threads' | 'arithmetic'>,
  tensorThreads: number | undefined,
): Promise<OpenEngine> {
  const { createWasmEngine } = await import('@shoal/wasm-kernels');
  const engine = await createWasmEngine(options);
  return withWasmTensors(engine, why, tensorThreads);
}

function withWasmTensors(engine: Engine, why: string, threads?: number): OpenEngine {
  return withTensors(engine, why, async () => {
    const { createTensorBackend } = await import('@shoal/deep-clustering/node');
    return createTensorBackend({ kind: 'wasm', threads });
  });
}

function withTensors(engine: Engine, why: string, open: () => Promise<TensorBackend>): OpenEngine {
  let backend: Promise<TensorBackend> | undefined;
  return {
    engine,
    reason: `engine ${engine.name} on ${engine.info.device} (${why})`,
    tensorBackend: () => (backend ??= open()),
    destroy() {
      // One that could not be opened has told whoever asked for it.
      void backend?.then(
        (opened) => {
          opened.dispose();
        },
        () => undefined,
      );
      engine.destroy();
    },
  };
}
