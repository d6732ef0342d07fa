import { engineContract, sessionContract } from '@shoal/core/testing';
import { expect, it } from 'vitest';
import { describeContractInChromium } from '../../../../tools/contract-in-chromium.ts';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { createNodeWebGpuEngine } from '../../src/node/index.ts';
import { fitAll } from './fit.ts';

const folder = import.meta.dirname;

/**
 * Every kind of session and of input again, in a page: browsers have their own WebGPU, timers and memory. Cases that depend
 * only on the values of points, or on what is built on sessions, are run in Node.js, with the same kernels.
 */
const inPage = [...sessionContract, ...engineContract.filter(({ name }) => name.startsWith('input: '))];

describeContractInChromium('the WebGPU engine in Chromium', folder, inPage);

/** The kernels are those of the page; here some cases of each kind show that they work in a Worker. */
const inWorker = engineContract.filter((_, i) => i % 5 === 0);

describeInChromium('the WebGPU engine in a Worker', folder, 'runContractCaseInWorker', {}, (page) => {
  it.each(inWorker.map(({ name }) => name))('%s', async (name) => {
    const failure = await page().evaluate((each) => window.runContractCaseInWorker?.(each), name);
    expect(failure).toBeUndefined();
  });
});

describeInChromium('a fit in Chromium', folder, 'fitOnWebGpu', {}, (page) => {
  it('has the same bits as in Node.js on the same adapter', async () => {
    const engine = await createNodeWebGpuEngine({ adapter: 'swiftshader', allowSoftware: true });
    const here = await fitAll(engine);
    engine.destroy();
    const there = await page().evaluate(() => window.fitOnWebGpu!());
    expect(there.map(({ inertia }) => inertia)).toEqual(here.map(({ inertia }) => inertia));
    expect(there).toEqual(here);
  });
});

describeInChromium('a fit in Chromium whose device is lost', folder, 'fitThroughLosses', {}, (page) => {
  it('continues to the same bits, at any point of the loss', async () => {
    const losses = await page().evaluate(() => window.fitThroughLosses!());
    const { undisturbed, disturbed, changes, recoveries, buffers } = losses;
    expect(undisturbed.length).toBeGreaterThan(1000);
    expect(disturbed).toEqual(disturbed.map(() => undisturbed));
    expect(recoveries).toBe(disturbed.length);
    expect(changes).toHaveLength(disturbed.length);
    expect(buffers).toBe(0);
  });
});
