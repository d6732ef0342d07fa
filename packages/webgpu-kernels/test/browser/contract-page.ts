import { engineContract } from '@shoal/core/testing';
import { createWebGpuEngine } from '@shoal/webgpu-kernels';

/** What the page offers the test that drives it. */
export interface ContractPage {
  /** Runs one case of the contract; resolves to the failure's text, or undefined when the engine kept the promise. */
  runCase(name: string): Promise<string | undefined>;
}

declare global {
  interface Window {
    contractPage?: Promise<ContractPage>;
  }
}

window.contractPage = open();

async function open(): Promise<ContractPage> {
  const engine = await createWebGpuEngine({ allowSoftware: true });
  return {
    async runCase(name) {
      const found = engineContract.find((candidate) => candidate.name === name);
      if (found === undefined) return `The page knows no case "${name}".`;
      try {
        await found.run(engine);
        return undefined;
      } catch (error) {
        return error instanceof Error ? (error.stack ?? error.message) : String(error);
      }
    },
  };
}
