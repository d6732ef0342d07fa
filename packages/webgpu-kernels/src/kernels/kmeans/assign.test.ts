import { describe, expect, it } from 'vitest';
import { itAssigns } from '../../testing/describe-assign.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { assignParams } from './assign.ts';

describe('assign', () => {
  itAssigns('assign', useTestDevice());
});

describe('assignParams', () => {
  it('packs first row, rows, columns, clusters', () => {
    expect([...new Uint32Array(assignParams(64, 2, 3, 4))]).toEqual([64, 2, 3, 4]);
  });
});
