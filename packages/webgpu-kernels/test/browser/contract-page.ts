import { engineContract, runCaseByName } from '@shoal/core/testing';
import { createWebGpuEngine } from '@shoal/webgpu-kernels';

const engine = createWebGpuEngine({ allowSoftware: true });
window.runContractCase = async (name) => runCaseByName(await engine, engineContract, name);
