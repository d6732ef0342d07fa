import { KMeans } from '@shoal/core';
import { blobs, engineContract, runCaseByName } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';

declare global {
  interface Window {
    /** A small fit on as many threads as the page can have. */
    fitOnWasm?: () => Promise<{ device: string; inertia: number; labels: number[] }>;
  }
}

/** Threads share even the small cases of the contract. */
const open = () => createWasmEngine({ threads: 3, threadingThreshold: 0 });

const engine = open();
window.runContractCase = async (name) => runCaseByName(await engine, engineContract, name);
window.fitOnWasm = async () => {
  const own = await open();
  const { labels, inertia } = await new KMeans({ clusters: 5, seed: 2, engine: own }).fit(
    blobs(3000, 20, 5, 1, 6).points,
  );
  own.destroy();
  return { device: own.info.device, inertia, labels: [...labels] };
};
