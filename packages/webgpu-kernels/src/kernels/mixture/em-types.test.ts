import { describe, expect, it } from 'vitest';
import { unpackDoubles } from '../common/double-float.ts';
import { packBlock, packModel, packState, unpackState } from './em-types.ts';

describe('em-types', () => {
  it('packs Block like its WGSL struct', () => {
    const block = {
      rows: 1,
      firstRow: 2,
      capacity: 3,
      columns: 4,
      components: 5,
      factorStride: 6,
      segments: 7,
      segmentRows: 8,
      firstPartial: 9,
      firstCoefficient: 10,
      carry: true,
    };
    expect(Array.from(new Uint32Array(packBlock(block)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 0]);
  });

  it('packs Model like its WGSL struct, with pairs at multiples of 8 bytes', () => {
    const bytes = packModel({
      columns: 1,
      components: 2,
      covariances: 3,
      variances: 4,
      partials: 5,
      regCovar: 1e-6,
      totalWeight: 60_000,
      tolerance: 0.5,
    });
    expect(Array.from(new Uint32Array(bytes, 0, 6))).toEqual([1, 2, 3, 4, 5, 0]);
    expect(unpackDoubles(new Float32Array(bytes, 24, 4))[0]).toBeCloseTo(1e-6, 19);
    expect(unpackDoubles(new Float32Array(bytes, 24, 4))[1]).toBe(60_000);
    expect(new Float32Array(bytes, 40, 1)[0]).toBe(0.5);
  });

  it('starts a run from the previous bound', () => {
    const fresh = packState(undefined);
    expect(unpackState(fresh.slice().buffer)).toEqual({ halted: false, iterations: 0, singular: undefined });
    const state = packState(-1.25);
    expect(Array.from(new Uint32Array(state.slice().buffer, 0, 4))).toEqual([0, 0, 1, 0]);
    expect(Array.from(new Float32Array(state.slice().buffer, 16, 2))).toEqual([-1.25, 0]);
  });
});
