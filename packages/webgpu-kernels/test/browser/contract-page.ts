import { engineContract, runCaseByName } from '@shoal/core/testing';
import { createWebGpuEngine } from '@shoal/webgpu-kernels';
import { losingDevice } from '../lose-device.ts';
import { fitAll, fitStates, type Fit } from './fit.ts';

declare global {
  interface Window {
    /** `runContractCase` in a Worker. */
    runContractCaseInWorker?: (name: string) => Promise<string | undefined>;
    fitOnWebGpu?: () => Promise<Fit[]>;
    fitThroughLosses?: () => Promise<Losses>;
  }
}

/** Fits, as JSON, that lost their device after one submit each. */
export interface Losses {
  readonly undisturbed: string;
  readonly disturbed: readonly string[];
  readonly changes: readonly string[];
  readonly recoveries: number;
  readonly buffers: number;
}

const engine = createWebGpuEngine({ allowSoftware: true });
window.runContractCase = async (name) => runCaseByName(await engine, engineContract, name);
window.fitOnWebGpu = async () => fitAll(await engine);
window.fitThroughLosses = async () => {
  const changes: string[] = [];
  const own = await createWebGpuEngine({
    allowSoftware: true,
    onDeviceChange: ({ reason }) => changes.push(reason),
  });
  const undisturbed = await losingDevice(own, [], () => fitStates(own));
  const disturbed: string[] = [];
  for (const share of [0, 0.5, 1]) {
    const at = Math.max(1, Math.round(share * undisturbed.submits));
    disturbed.push((await losingDevice(own, [at], () => fitStates(own))).result);
  }
  const { recoveries } = own;
  const { buffers } = own.memory;
  own.destroy();
  return { undisturbed: undisturbed.result, disturbed, changes, recoveries, buffers };
};

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
