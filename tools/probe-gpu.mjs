// Prints the adapter that WebGPU in Node.js finds with the current environment, or fails with a message that there is
// none.
import process from 'node:process';
import { create } from 'webgpu';

const adapter = await create([]).requestAdapter();
if (adapter === null) {
  console.error('WebGPU found no adapter; VK_DRIVER_FILES must name a Vulkan driver that Dawn accepts.');
} else {
  console.log([adapter.info.vendor, adapter.info.description].filter((text) => text !== '').join(', '));
}
// Dawn's instance keeps the process alive.
process.exit(adapter === null ? 1 : 0);
