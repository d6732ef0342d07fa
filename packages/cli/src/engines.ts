import type { TensorBackend } from '@shoal/deep-clustering';
import {
  ENGINE_CHOICES,
  openEngine as openAnywhere,
  type EngineChoice,
  type OpenedEngine,
  type OpenEngineOptions,
} from '@shoal/engines';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';

/** Values of `--engine`. */
export const ENGINE_NAMES = ENGINE_CHOICES;
export type EngineName = EngineChoice;

export interface EngineRequest {
  readonly name: EngineName;
  /** Part of a GPU adapter's name; naming a software adapter is the only way to get one. */
  readonly adapter?: string | undefined;
  /** Threads of the wasm engine; by default the engine chooses. */
  readonly threads?: number | undefined;
  /** How the wasm engine adds products up; by default the fastest way that works here. */
  readonly arithmetic?: OpenEngineOptions['arithmetic'];
  /** Threads that train autoencoders without a GPU; by default `threads`, else as many as TensorFlow.js uses. */
  readonly tensorThreads?: number | undefined;
}

/** An engine, the reason for its choice, and the TensorFlow.js backend that belongs to it. */
export interface OpenEngine {
  readonly engine: OpenedEngine;
  /** One sentence for people. */
  readonly reason: string;
  /** Opens the backend that trains autoencoders: the engine's own GPU, else WebAssembly. */
  tensorBackend(): Promise<TensorBackend>;
  destroy(): void;
}

/**
 * Opens the engine asked for. `auto` takes a hardware GPU, else WebAssembly, and says which and why.
 *
 * @param context gets a warning when a GPU is lost and opened again; without it the warning goes to the console
 * @throws {UnsupportedError} when the engine cannot run here
 */
export async function openEngine(
  request: EngineRequest,
  context?: Pick<CommandContext, 'stderr' | 'endProgress'>,
): Promise<OpenEngine> {
  const { name, adapter, threads, arithmetic, tensorThreads = threads } = request;
  rejectForeign(request);
  const engine = await openAnywhere(name, {
    adapter,
    allowSoftware: adapter === undefined ? undefined : true,
    threads,
    arithmetic: name === 'wasm' ? arithmetic : undefined,
    tuning: name === 'webgpu' || name === 'auto' ? await loadTunings() : undefined,
    onDeviceChange: context && warningOf(context),
  });
  return withTensors(engine, tensorThreads);
}

/** Loaded only with the GPU's engine. */
async function loadTunings(): Promise<OpenEngineOptions['tuning']> {
  const { readTunings } = await import('./tuning-file.ts');
  return readTunings();
}

/** @throws {UsageError} for an option of another engine; the message has the option's name in the command */
function rejectForeign({ name, adapter, threads, arithmetic }: EngineRequest): void {
  if (adapter !== undefined && name !== 'webgpu') {
    throw new UsageError(`--adapter chooses a GPU, so it needs --engine webgpu; got --engine ${name}.`);
  }
  if (threads !== undefined && name !== 'wasm') {
    throw new UsageError(
      `--threads sets threads of the CPU, so it needs --engine wasm; got --engine ${name}.`,
    );
  }
  if (arithmetic !== undefined && arithmetic !== 'auto' && name !== 'wasm') {
    throw new UsageError(
      `--arithmetic ${arithmetic} is a choice of the wasm engine, so it needs --engine wasm; got --engine ${name}.`,
    );
  }
}

function warningOf({
  stderr,
  endProgress,
}: Pick<CommandContext, 'stderr' | 'endProgress'>): OpenEngineOptions['onDeviceChange'] {
  return ({ message }) => {
    endProgress();
    stderr(`warning: ${message}`);
  };
}

function withTensors(engine: OpenedEngine, threads: number | undefined): OpenEngine {
  let backend: Promise<TensorBackend> | undefined;
  return {
    engine,
    reason: engine.reason,
    tensorBackend: () => (backend ??= openBackend(engine, threads)),
    destroy() {
      // When it could not be opened, its caller already has the error.
      void backend?.then(
        (opened) => {
          opened.destroy();
        },
        () => undefined,
      );
      engine.destroy();
    },
  };
}

async function openBackend(engine: OpenedEngine, threads: number | undefined): Promise<TensorBackend> {
  const { createTensorBackend } = await import('@shoal/deep-clustering/node');
  if (engine.choice !== 'webgpu') return createTensorBackend({ kind: 'wasm', threads });
  const { device, adapterInfo } = engine;
  return createTensorBackend({ kind: 'webgpu', device, adapterInfo });
}
