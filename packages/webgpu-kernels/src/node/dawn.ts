import { create } from 'webgpu';

/**
 * Compiling a kernel takes SwiftShader seconds for every 16 KiB of workgroup memory when Vulkan is told to zero
 * it; a loop in the kernel, which Dawn writes instead, takes it nothing.
 */
const FOR_SOFTWARE = ['use_vulkan_zero_initialize_workgroup_memory_extension'];

/** Rounds times to 0.1 ms, lest a page learn too much: no matter in Node.js. */
const FOR_ALL = ['timestamp_quantization'];

/** What offers half floats and subgroup matrices where the adapter has them: neither is offered unasked. */
const FOR_FEATURES = ['allow_unsafe_apis', 'vulkan_enable_f16_on_nvidia'];

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
  const all = [
    ...options,
    `enable-dawn-features=${FOR_FEATURES.join(',')}`,
    `disable-dawn-features=${disabled.join(',')}`,
  ];
  const key = JSON.stringify(all);
  const instance = instances.get(key) ?? create(all);
  instances.set(key, instance);
  return instance;
}
