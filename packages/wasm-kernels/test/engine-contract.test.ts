import { engineContract, lifetimeContract } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, describe, expect, it } from 'vitest';

const variants = [
  { title: 'on one thread', options: { threads: 1, arithmetic: 'plain' } as const, features: ['simd128'] },
  {
    title: 'on three threads, with fused arithmetic',
    options: { threads: 3, threadingThreshold: 0, arithmetic: 'fused' } as const,
    features: ['simd128', 'relaxed-simd', 'threads'],
  },
];

describe.each(variants)('the wasm engine $title', async ({ options, features }) => {
  const engine = await createWasmEngine(options);

  afterAll(() => {
    engine.destroy();
  });

  it('has the options that it was given', () => {
    expect(engine.info.features).toEqual(features);
  });

  for (const { name, run } of engineContract) it(name, () => run(engine));
  for (const { name, run } of lifetimeContract) it(name, () => run(() => createWasmEngine(options)));
});
