import { createReferenceEngine, UnsupportedError, type Engine } from '@shoal/core';
import type { WebGpuEngine } from '@shoal/webgpu-kernels';
import { checkOptions, type EngineChoice, type OpenEngineOptions } from './options.ts';

/** The engine, and why it was chosen. */
interface Opened<Choice extends EngineChoice> {
  readonly choice: Choice;
  /** One sentence for people: "engine wasm on WebAssembly SIMD, 8 threads (no hardware GPU was found)". */
  readonly reason: string;
}

/**
 * An engine with its kind and the reason for the choice. `choice` identifies a `WebGpuEngine`, which has a device to share.
 */
export type OpenedEngine = (WebGpuEngine & Opened<'webgpu'>) | (Engine & Opened<'wasm' | 'reference'>);

/** The parts that differ between Node.js and browsers. */
export interface Platform {
  /** @throws {UnsupportedError} when no GPU can be used here */
  openGpu(options: OpenEngineOptions): Promise<WebGpuEngine>;
  /** Why `auto` did not take a GPU, for the reason in parentheses. */
  whyNoGpu(error: UnsupportedError): Promise<string>;
}

/**
 * Opens an engine. `auto` takes a hardware GPU, else WebAssembly. An engine's code is loaded only when it is needed.
 *
 * @throws {UnsupportedError} when the engine that was named cannot run here
 * @throws {InvalidArgumentError} for a choice that does not exist, or an option of another engine
 */
export async function openOn(
  platform: Platform,
  choice: EngineChoice,
  options: OpenEngineOptions,
): Promise<OpenedEngine> {
  checkOptions(choice, options);
  switch (choice) {
    case 'webgpu':
      return opened(await platform.openGpu(options), choice, 'asked for');
    case 'wasm':
      return openWasm(options, 'asked for');
    case 'reference':
      return opened(createReferenceEngine(), choice, 'asked for');
    case 'auto':
      try {
        return opened(await platform.openGpu(options), 'webgpu', 'a hardware GPU is here');
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error;
        return openWasm(options, await platform.whyNoGpu(error));
      }
  }
}

async function openWasm(
  { threads, arithmetic }: OpenEngineOptions,
  why: string,
): Promise<Engine & Opened<'wasm'>> {
  const { createWasmEngine } = await import('@shoal/wasm-kernels');
  return opened(await createWasmEngine({ threads, arithmetic }), 'wasm', why);
}

function opened<E extends Engine, Choice extends EngineChoice>(
  engine: E,
  choice: Choice,
  why: string,
): E & Opened<Choice> {
  const reason = `engine ${engine.name} on ${engine.info.device} (${why})`;
  return Object.assign(engine, { choice, reason });
}
