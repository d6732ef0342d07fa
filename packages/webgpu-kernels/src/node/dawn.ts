import { create } from 'webgpu';
import { FEATURE_TOGGLES } from './toggles.ts';

/**
 * Compiling a kernel takes SwiftShader seconds for every 16 KiB of workgroup memory when Vulkan is told to zero
 * it; a loop in the kernel, which Dawn writes instead, takes it nothing.
 */
const FOR_SOFTWARE = ['use_vulkan_zero_initialize_workgroup_memory_extension'];

/** Rounds times to 0.1 ms, lest a page learn too much: no matter in Node.js. */
const FOR_ALL = ['timestamp_quantization'];

/** Dawn's instances by their options, never let go. */
const instances = new Map<string, GPU>();

/**
 * Dawn's instance for the given options. There is one per process, which stays for good: an instance that is
 * collected before its devices crashes or hangs the process, and a session may outlive all that refers to its engine.
 *
 * @param options Dawn's own, for example `adapter=SwiftShader`
 * @param software whether the adapter will be emulated on the CPU
 */
export function openDawn(options: readonly string[], software: boolean): GPU {
  const disabled = [...FOR_ALL, ...(software ? FOR_SOFTWARE : [])];
  const all = [...options, FEATURE_TOGGLES, `disable-dawn-features=${disabled.join(',')}`];
  const key = JSON.stringify(all);
  const instance = instances.get(key) ?? create(all);
  instances.set(key, instance);
  return instance;
}
