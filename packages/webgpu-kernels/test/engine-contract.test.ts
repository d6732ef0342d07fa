import { engineContract, lifetimeContract } from '@shoal/core/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createNodeWebGpuEngine } from '../src/node/index.ts';
import type { WebGpuEngine } from '../src/index.ts';

describe('the engine contract on WebGPU', () => {
  let engine: WebGpuEngine;
  beforeAll(async () => {
    engine = await createNodeWebGpuEngine({ allowSoftware: true });
  });
  afterAll(() => {
    engine.destroy();
  });

  it.each(engineContract.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    await entry.run(engine);
  });

  it.each(lifetimeContract.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    await entry.run(() => createNodeWebGpuEngine({ allowSoftware: true }));
  });
});
