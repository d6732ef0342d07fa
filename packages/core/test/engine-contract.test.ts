import { describe, it } from 'vitest';
import { createReferenceEngine } from '../src/engine/reference/index.ts';
import { engineContract, lifetimeContract } from '../src/testing/index.ts';

describe('the reference engine passes the contract', () => {
  for (const { name, run } of engineContract) it(name, () => run(createReferenceEngine()));
  for (const { name, run } of lifetimeContract) {
    it(name, () => run(() => Promise.resolve(createReferenceEngine())));
  }
});
