import { describe, expect, it } from 'vitest';
import { defineParams } from '../runtime/params.ts';
import { wgslMismatches } from './wgsl-mismatches.ts';

const source = `
struct Chunk {
  first_row: u32,
  rows: u32,
}
struct Params {
  chunk: Chunk,
  // Added to each.
  offset: f32,
}
@group(0) @binding(0) var<storage, read> seed_rows: array<u32>;
@group(0) @binding(1) var<storage, read_write> totals: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;
`;
const params = defineParams('Params', { firstRow: 'u32', rows: 'u32', offset: 'f32' });
const bindings = { seedRows: 'read', totals: 'read-write', params } as const;

describe('wgslMismatches', () => {
  it('finds no mismatch where the description on the host matches the shader', () => {
    expect(wgslMismatches({ source, bindings })).toEqual([]);
  });

  it.each([
    ['another order of bindings', { totals: 'read-write', seedRows: 'read', params }],
    ['another name', { seeds: 'read', totals: 'read-write', params }],
    ['another access', { seedRows: 'read', totals: 'read', params }],
    ['a missing binding', { seedRows: 'read', params }],
    ['an additional binding', { ...bindings, weights: 'read' }],
    ['a struct without a description', { ...bindings, params: 'uniform' }],
    [
      'another order of fields',
      { ...bindings, params: defineParams('Params', { rows: 'u32', firstRow: 'u32', offset: 'f32' }) },
    ],
    [
      'another type of a field',
      { ...bindings, params: defineParams('Params', { firstRow: 'u32', rows: 'u32', offset: 'u32' }) },
    ],
    ['a missing field', { ...bindings, params: defineParams('Params', { firstRow: 'u32', rows: 'u32' }) }],
  ] as const)('finds %s', (_, changed) => {
    expect(wgslMismatches({ source, bindings: changed })).not.toEqual([]);
  });

  it('finds a change of the shader', () => {
    expect(wgslMismatches({ source: source.replace('offset: f32', 'shift: f32'), bindings })).toEqual([
      'WGSL has Params { firstRow: u32, rows: u32, shift: f32 }, the host Params { firstRow: u32, rows: u32, offset: f32 }',
    ]);
  });
});
