import { engineContract, runCaseByName } from '@shoal/core/testing';
import { createWebGpuEngine } from '@shoal/webgpu-kernels';

const engine = createWebGpuEngine({ allowSoftware: true });
self.onmessage = async ({ data }: MessageEvent<string>) => {
  self.postMessage(await runCaseByName(await engine, engineContract, data));
};
