import { matrix, StateError } from '@shoal/core';
import { expect, it } from 'vitest';
import { WasmGaussianMixtureSession } from './gmm-session.ts';
import { compileKernels } from './kernels.ts';
import { Runtime, type Layout, type SessionMemory } from './memory.ts';

/** Keeps what it handed out, to see whether it was freed. */
class WatchedRuntime extends Runtime {
  readonly allocated: SessionMemory[] = [];

  override async allocate(layout: Layout): Promise<SessionMemory> {
    const memory = await super.allocate(layout);
    this.allocated.push(memory);
    return memory;
  }
}

it('frees its memory when it is aborted before it is ready', async () => {
  const runtime = new WatchedRuntime(await compileKernels());
  const creation = WasmGaussianMixtureSession.create(runtime, matrix(new Float32Array(4), 2, 2), {
    components: 1,
    covarianceType: 'full',
    regCovar: 1,
    signal: AbortSignal.abort(new Error('enough')),
  });
  await expect(creation).rejects.toThrow('enough');
  expect(runtime.allocated).toHaveLength(1);
  expect(() => runtime.allocated[0].kernels).toThrow(StateError);
});
