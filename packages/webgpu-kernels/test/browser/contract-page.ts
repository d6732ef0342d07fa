import { engineContract, runCaseByName } from '@shoal/core/testing';
import { createWebGpuEngine } from '@shoal/webgpu-kernels';
import { fitAll, type Fit } from './fit.ts';

declare global {
  interface Window {
    /** `runContractCase` in a Worker. */
    runContractCaseInWorker?: (name: string) => Promise<string | undefined>;
    fitOnWebGpu?: () => Promise<Fit[]>;
  }
}

const engine = createWebGpuEngine({ allowSoftware: true });
window.runContractCase = async (name) => runCaseByName(await engine, engineContract, name);
window.fitOnWebGpu = async () => fitAll(await engine);

const worker = new Worker(new URL('contract-worker.ts', import.meta.url), { type: 'module' });
window.runContractCaseInWorker = (name) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string | undefined>) => {
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
    worker.postMessage(name);
  });
