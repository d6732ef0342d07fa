import { defaultEngine, KMeans, UnsupportedError } from '@shoal/core';
import { afterAll, expect, it } from 'vitest';
import { openOn, type Platform } from '../src/open-engine.ts';
import { openEngine } from '../src/node/index.ts';

const POINTS = [[0], [1], [9]];
const adapter = process.env['SHOAL_TEST_ADAPTER'] ?? 'SwiftShader';

afterAll(async () => {
  (await defaultEngine()).destroy();
});

it.each(['wasm', 'reference'] as const)('opens %s on request, and says so', async (choice) => {
  using engine = await openEngine(choice);
  expect(engine.choice).toBe(choice);
  expect(engine.reason).toBe(`engine ${choice} on ${engine.info.device} (asked for)`);
  const { labels } = await new KMeans({ clusters: 2, engine }).fit(POINTS);
  expect(labels[0]).toBe(labels[1]);
});

it('opens a GPU, with a device to share, and frees it at the end of its block', async () => {
  const opened = await openEngine('webgpu', { adapter, allowSoftware: true });
  {
    using engine = opened;
    if (engine.choice !== 'webgpu') throw new TypeError('This is not the engine that was asked for.');
    expect(engine.device.limits.maxBufferSize).toBeGreaterThan(0);
    expect(engine.reason).toMatch(/^engine webgpu on .+ \(asked for\)$/);
    await new KMeans({ clusters: 2, engine }).fit(POINTS);
  }
  await expect(new KMeans({ clusters: 2, engine: opened }).fit(POINTS)).rejects.toThrow('destroyed');
});

it('takes WebAssembly where there is no hardware GPU, with the reason', async () => {
  const platform: Platform = {
    openGpu: () => Promise.reject(new UnsupportedError('none')),
    whyNoGpu: (error) => Promise.resolve(`because ${error.message}`),
  };
  using engine = await openOn(platform, 'auto', { threads: 1, arithmetic: 'plain' });
  expect(engine.choice).toBe('wasm');
  expect(engine.reason).toMatch(/^engine wasm on .*1 thread.* \(because none\)$/);
});

it('reports a failing GPU instead of using another engine', async () => {
  const platform: Platform = {
    openGpu: () => Promise.reject(new Error('the driver crashed')),
    whyNoGpu: () => Promise.resolve('unused'),
  };
  await expect(openOn(platform, 'auto', {})).rejects.toThrow('the driver crashed');
});

it('uses `auto` by default, and never an emulated GPU', async () => {
  using engine = await openEngine();
  expect(engine.info.software).toBe(false);
  expect(engine.reason).toMatch(
    /\((a hardware GPU is here|no hardware GPU was found|no GPU can be used: .+)\)$/,
  );
});

it('computes where no engine is given', async () => {
  const engine = await defaultEngine();
  expect(['webgpu', 'wasm']).toContain(engine.name);
  expect((await new KMeans({ clusters: 2 }).fit(POINTS)).inertia).toBeCloseTo(0.5);
});

it.each([
  ['cuda', {}, 'The engine must be one of auto, webgpu, wasm, reference; got "cuda".'],
  ['wasm', { adapter: 'x' }, 'adapter chooses a GPU, so it needs the engine webgpu; got wasm.'],
  ['auto', { allowSoftware: true }, 'allowSoftware is an option of the engine webgpu; got auto.'],
  ['webgpu', { threads: 2 }, 'threads is an option of the engine wasm; got webgpu.'],
])('refuses %s with %o', async (choice, options, message) => {
  await expect(openEngine(choice as 'wasm', options)).rejects.toThrow(message);
});
