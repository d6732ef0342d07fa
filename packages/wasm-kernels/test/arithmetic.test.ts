import { GaussianMixture, matrix, Random, UnsupportedError } from '@shoal/core';
import { createWasmEngine, type Arithmetic } from '@shoal/wasm-kernels';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
});

it('tells which arithmetic it uses, by default the fastest that runs', async () => {
  for (const [asked, got] of [
    [undefined, 'fused'],
    ['auto', 'fused'],
    ['fused', 'fused'],
    ['plain', 'plain'],
  ] as const) {
    const engine = await createWasmEngine({ arithmetic: asked, threads: 1 });
    expect(engine.info).toMatchObject({
      arithmetic: got,
      device: `WebAssembly SIMD, ${got} arithmetic, 1 thread`,
      features: got === 'fused' ? ['simd128', 'relaxed-simd'] : ['simd128'],
    });
    engine.destroy();
  }
});

it('is plain where the runtime cannot fuse, and rejects `fused`', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect((await createWasmEngine()).info.arithmetic).toBe('plain');
  const refused = createWasmEngine({ arithmetic: 'fused' });
  await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
  await expect(refused).rejects.toThrow(/no relaxed SIMD .*Use arithmetic "plain"/);
});

it('is plain where the processor does not fuse, though the runtime has the instruction', async () => {
  const instance = { exports: { f: (a: number, c: number) => Math.fround(a * a) + c } };
  vi.spyOn(WebAssembly, 'instantiate').mockResolvedValue({ instance } as never);
  expect((await createWasmEngine()).info.arithmetic).toBe('plain');
  await expect(createWasmEngine({ arithmetic: 'fused' })).rejects.toThrow(
    /this processor has no instruction/,
  );
});

it('gives the same bits for the same arithmetic, and different bits for another one', async () => {
  const random = new Random(3);
  const points = matrix(
    Float32Array.from({ length: 1500 }, () => random.normal()),
    300,
    5,
  );
  const means = async (arithmetic: Arithmetic, threads: number) => {
    const engine = await createWasmEngine({ arithmetic, threads, threadingThreshold: 0 });
    const { means } = await new GaussianMixture({ clusters: 3, engine }).fit(points);
    engine.destroy();
    return means;
  };
  const [plain, fused] = [await means('plain', 1), await means('fused', 1)];
  expect(await means('plain', 3)).toEqual(plain);
  expect(await means('fused', 3)).toEqual(fused);
  expect(fused).not.toEqual(plain);
});
