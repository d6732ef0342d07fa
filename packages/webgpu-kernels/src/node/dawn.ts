import { create } from 'webgpu';

/**
 * Compiling a kernel takes SwiftShader seconds for every 16 KiB of workgroup memory when Vulkan is told to zero
 * it; a loop in the kernel, which Dawn writes instead, takes it nothing.
 */
const FOR_SOFTWARE = ['disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension'];

/**
 * Opens a Dawn instance. Hold on to it as long as its adapters and devices are used: collecting it before them
 * crashes the process.
 *
 * @param options Dawn's own, for example `adapter=SwiftShader`
 * @param software whether the adapter will be emulated on the CPU
 */
export function openDawn(options: readonly string[], software: boolean): GPU {
  return create([...options, ...(software ? FOR_SOFTWARE : [])]);
}
