import { UnsupportedError } from '@shoal/core';
import type { create as createGpu } from 'webgpu';
import { FEATURE_TOGGLES } from './toggles.ts';

/**
 * Compiling a kernel takes SwiftShader seconds for every 16 KiB of workgroup memory when Vulkan is told to zero
 * it; a loop in the kernel, which Dawn writes instead, takes it nothing.
 */
const FOR_SOFTWARE = ['use_vulkan_zero_initialize_workgroup_memory_extension'];

/** Rounds times to 0.1 ms, a protection against web pages that Node.js does not need. */
const FOR_ALL = ['timestamp_quantization'];

/** Dawn's instances by their options, kept for good. */
const instances = new Map<string, GPU>();

/**
 * Dawn cannot be loaded here. It is machine code for a few systems: on Linux it needs the C library glibc, 2.34 or later,
 * so that it runs neither on older systems nor on Alpine.
 */
export class DawnLoadError extends UnsupportedError {
  /** What the loader said, in one line. */
  readonly reason: string;

  /** @param said what the loader said */
  constructor(said: string, options?: ErrorOptions) {
    const [line] = said.trim().split('\n');
    super(
      `Dawn, the library that gives Node.js WebGPU, cannot be loaded here: ${line}. Use the wasm engine, or a system that ` +
        'Dawn runs on (Linux with glibc 2.34 or later, macOS, Windows).',
      options,
    );
    this.reason = line;
  }
}

/**
 * Dawn's instance for the given options. There is one per process, which stays for good: an instance that is
 * collected before its devices crashes or hangs the process, and a session may outlive all that refers to its engine.
 *
 * @param options Dawn's own, for example `adapter=SwiftShader`
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

/** Loaded when it is needed: where it cannot be, the rest of this package works all the same. */
async function loadDawn(): Promise<{ readonly create: typeof createGpu }> {
  try {
    return await import('webgpu');
  } catch (cause) {
    throw new DawnLoadError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
