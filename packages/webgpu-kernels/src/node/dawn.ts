import { UnsupportedError } from '@shoal/core';
import type { create as createGpu } from 'webgpu';
import { FEATURE_TOGGLES } from './toggles.ts';

/**
 * When Vulkan must zero workgroup memory, SwiftShader takes seconds to compile a kernel for every 16 KiB of it. With this
 * toggle Dawn writes a loop into the kernel instead, which costs nothing.
 */
const FOR_SOFTWARE = ['use_vulkan_zero_initialize_workgroup_memory_extension'];

/** Rounds times to 0.1 ms, a protection in browsers that Node.js does not need. */
const FOR_ALL = ['timestamp_quantization'];

/** Dawn's instances by their options, never freed. */
const instances = new Map<string, GPU>();

/**
 * Dawn cannot be loaded here. It is machine code for a few systems: on Linux it needs the C library glibc, 2.34 or later, so
 * it does not run on older systems or on Alpine.
 */
export class DawnLoadError extends UnsupportedError {
  /** The loader's message, in one line. */
  readonly reason: string;

  /** @param said the loader's message */
  constructor(said: string, options?: ErrorOptions) {
    const [line] = said.trim().split('\n');
    const isMissing = /Cannot find (?:package|module) '?webgpu/.test(line);
    const reason = isMissing ? 'the package webgpu is not installed' : line;
    super(
      `Dawn, the library that gives Node.js WebGPU, cannot be loaded here: ${reason}. ` +
        (isMissing
          ? 'Install it (npm install webgpu), or use the wasm engine.'
          : 'Use the wasm engine, or a system that Dawn runs on (Linux with glibc 2.34 or later, macOS, Windows).'),
      options,
    );
    this.reason = reason;
  }
}

/**
 * Dawn's instance for the given options. There is one per process, which is never freed: if an instance is collected before
 * its devices, the process crashes or hangs, and a session may exist longer than all references to its engine.
 *
 * @param options options of Dawn, for example `adapter=SwiftShader`
 * @param software whether the adapter will be emulated on the CPU
 * @throws {DawnLoadError} where Dawn cannot be loaded
 */
export async function openDawn(options: readonly string[], software: boolean): Promise<GPU> {
  const disabled = [...FOR_ALL, ...(software ? FOR_SOFTWARE : [])];
  const all = [...options, FEATURE_TOGGLES, `disable-dawn-features=${disabled.join(',')}`];
  const key = JSON.stringify(all);
  const { create } = await loadDawn();
  const instance = instances.get(key) ?? create(all);
  instances.set(key, instance);
  return instance;
}

/** Loaded on demand, so that the rest of this package works where Dawn cannot be loaded. */
async function loadDawn(): Promise<{ readonly create: typeof createGpu }> {
  try {
    return await import('webgpu');
  } catch (cause) {
    throw new DawnLoadError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
