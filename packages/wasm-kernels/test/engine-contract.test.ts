import { engineContract } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { describe, it } from 'vitest';

const engine = await createWasmEngine();

describe('the wasm engine keeps the contract', () => {
  for (const { name, run } of engineContract) it(name, () => run(engine));
});
