import { describe, expect, it } from 'vitest';
import { DataError, InvalidArgumentError } from './errors.ts';
import type { ModelState } from './model-state.ts';
import { nestModelStates, partOfModelState } from './nested-state.ts';

const code: ModelState = {
  type: 'autoencoder',
  settings: { layers: [4, 2] },
  tensors: { weights: { data: Float32Array.of(1, 2), shape: [2] } },
};
const clusters: ModelState = {
  type: 'kmeans',
  settings: { clusters: 3 },
  tensors: { 'scaling/mean': { data: Float64Array.of(5), shape: [1] } },
};

describe('nested model states', () => {
  it('give every part back', () => {
    const whole = nestModelStates('ae-kmeans', { code, clusters }, { seed: 7 });
    expect(whole.type).toBe('ae-kmeans');
    expect(whole.settings['seed']).toBe(7);
    expect(Object.keys(whole.tensors)).toEqual(['code/weights', 'clusters/scaling/mean']);
    expect(partOfModelState(whole, 'code')).toEqual(code);
    expect(partOfModelState(whole, 'clusters')).toEqual(clusters);
  });

  it('reject ambiguous names', () => {
    expect(() => nestModelStates('x', { 'a/b': code })).toThrow(InvalidArgumentError);
    expect(() => partOfModelState(nestModelStates('x', { code }), 'coda')).toThrow(
      /no part "coda"; it has code/,
    );
    expect(() => partOfModelState(code, 'code')).toThrow(/it has no parts/);
    expect(() => partOfModelState(code, 'code')).toThrow(DataError);
  });

  it.each([
    ['no settings', { clusters: { type: 'kmeans' } }],
    ['no type', { clusters: { settings: {} } }],
    ['settings that are a list', { clusters: { type: 'kmeans', settings: [] } }],
  ])('reject a part with %s', (_, parts) => {
    const whole = { type: 'ae-kmeans', settings: { parts }, tensors: {} } as unknown as ModelState;
    expect(() => partOfModelState(whole, 'clusters')).toThrow(DataError);
    expect(() => partOfModelState(whole, 'clusters')).toThrow(
      /its part "clusters" lacks its type or settings/,
    );
  });

  it.each([null, [], 'parts', 3])('have no parts when these are %j', (parts) => {
    const whole: ModelState = { type: 'ae-kmeans', settings: { parts }, tensors: {} };
    expect(() => partOfModelState(whole, 'constructor')).toThrow(DataError);
  });
});
