import { createReferenceEngine, UnsupportedError, type Engine } from '@shoal/core';
import type { WebGpuEngine } from '@shoal/webgpu-kernels';
import { checkOptions, type EngineChoice, type OpenEngineOptions } from './options.ts';

/** Which engine it is, and why. */
interface Opened<Choice extends EngineChoice> {
  readonly choice: Choice;
  /** One sentence for people: "engine wasm on WebAssembly SIMD, 8 threads (no hardware GPU was found)". */
  readonly reason: string;
}

/** An engine that says which it is, and why it was taken. `choice` tells a `WebGpuEngine`, which has a device to share. */
export type OpenedEngine = (WebGpuEngine & Opened<'webgpu'>) | (Engine & Opened<'wasm' | 'reference'>);

/** What differs between Node.js and browsers. */
export interface Platform {
  /** @throws {UnsupportedError} when no GPU can be used here */
  openGpu(options: OpenEngineOptions): Promise<WebGpuEngine>;
  /** Why `auto` did without a GPU, for the reason in parentheses. */
  whyNoGpu(error: UnsupportedError): Promise<string>;
}

/**
 * Opens an engine. `auto` takes a hardware GPU, else WebAssembly. Nothing of an engine is loaded before it is asked for.
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
