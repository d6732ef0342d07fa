import { expect, it } from 'vitest';
import { structMismatches } from '../../testing/wgsl-mismatches.ts';
import { stateModule, stateStruct } from './state.ts';

it('State has the same fields on the host and in WGSL', () => {
  expect(structMismatches(stateStruct, 'State', stateModule)).toEqual([]);
});
