import { KMeans } from '@shoal/core';
import { blobs, engineContract } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { expect, it } from 'vitest';
import { describeContractInChromium } from '../../../../tools/contract-in-chromium.ts';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';

const folder = import.meta.dirname;

describeContractInChromium('the wasm engine in an isolated page', folder, engineContract, {
  isolated: true,
});

const pages = [
  { isolated: true, threads: '3 threads' },
  { isolated: false, threads: '1 thread (the page is not cross-origin isolated)' },
];
for (const { isolated, threads } of pages) {
  const title = `a page that is ${isolated ? '' : 'not '}isolated`;
  describeInChromium(title, folder, 'fitOnWasm', { isolated }, (page) => {
    it(`has ${threads}, and gives the same bits as Node.js`, async () => {
      const engine = await createWasmEngine({ threads: 1 });
      const { points } = blobs(3000, 20, 5, 1, 6);
      const here = await new KMeans({ clusters: 5, seed: 2, engine }).fit(points);
      engine.destroy();
      const there = await page().evaluate(() => window.fitOnWasm!());
      expect(there.device).toContain(threads);
      expect(there.labels).toEqual([...here.labels]);
      expect(there.inertia).toBe(here.inertia);
    });
  });
}
