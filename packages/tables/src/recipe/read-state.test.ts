import { DataError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import { Recipe } from './recipe.ts';

const number = { kind: 'number', unit: 'one', fill: 2, center: 2, scale: 4, indicator: false };
const mass = { name: 'mass', type: 'number', role: 'number', use: 'used', encoding: number };
const sex = {
  name: 'sex',
  type: 'text',
  role: 'category',
  use: 'used',
  encoding: { kind: 'category', levels: ['m', 'f'], weight: 3 },
};
const written = {
  format: 'shoal-recipe',
  version: 1,
  missing: 'impute',
  scaling: { kind: 'standardize' },
  columns: [mass, sex, { name: 'note', type: 'text', role: 'text', use: 'left out' }],
};

describe('a recipe that somebody wrote', () => {
  it('is used as it is', () => {
    const { points } = Recipe.fromState(written).transform(tableOf({ sex: ['f', 'm'], mass: [10, null] }));
    expect([...points.data]).toEqual([2, 0, 3, 0, 3, 0]);
  });

  const encoded = (changes: object) => ({
    ...written,
    columns: [{ ...mass, encoding: { ...number, ...changes } }],
  });
  const vector = (changes: object) => ({
    ...written,
    columns: [
      {
        name: 'v',
        type: 'vector',
        role: 'vector',
        use: 'used',
        encoding: { kind: 'vector', width: 2, center: 0, scale: 1, ...changes },
      },
    ],
  });

  it.each([
    ['a list', [], /The recipe must be an object of JSON; got \[\]/],
    ['nothing', undefined, /got nothing/],
    ['another format', { ...written, format: 'cake' }, /its "format" must be "shoal-recipe"; got "cake"/],
    ['a newer version', { ...written, version: 2 }, /version 2; this Shoal reads versions up to 1/],
    ['an unknown rule', { ...written, missing: 'guess' }, /"missing" must be one of impute, .*; got "guess"/],
    ['no columns', { ...written, columns: 3 }, /"columns" must be a list; got 3/],
    ['no column in use', { ...written, columns: [{ ...mass, use: 'id' }] }, /uses no column/],
    [
      'a used text',
      { ...written, columns: [{ ...mass, role: 'text' }] },
      /Column 1 of the recipe \("mass"\) is used, but .*"text" cannot be/,
    ],
    [
      'no encoding',
      { ...written, columns: [{ ...mass, encoding: undefined }] },
      /encoding of Column 1 .* must be an object/,
    ],
    [
      'the encoding of another role',
      { ...written, columns: [{ ...mass, encoding: sex.encoding }] },
      /"kind" must be one of number; got "category"/,
    ],
    ['a scale of 0', encoded({ scale: 0 }), /"scale" must be a number above 0; got 0/],
    ['a center that is no number', encoded({ center: null }), /"center" must be a finite number; got null/],
    ['an unknown unit', encoded({ unit: 'mile' }), /"unit" must be one of one, day, hour/],
    [
      'an indicator that is no boolean',
      encoded({ indicator: 1 }),
      /"indicator" must be true or false; got 1/,
    ],
    [
      'levels twice',
      { ...written, columns: [{ ...sex, encoding: { ...sex.encoding, levels: ['m', 'm'] } }] },
      /all different/,
    ],
    [
      'no levels',
      { ...written, columns: [{ ...sex, encoding: { ...sex.encoding, levels: [] } }] },
      /at least one/,
    ],
    [
      'vectors of a column of numbers',
      { ...written, columns: [{ ...vector({}).columns[0], type: 'number' }] },
      /Column 1 of the recipe \("v"\) has the type "number", which cannot be of the role "vector"/,
    ],
    [
      'numbers of a column of vectors',
      { ...written, columns: [{ ...mass, type: 'vector' }] },
      /\("mass"\) has the type "vector", which cannot be of the role "number"/,
    ],
    ['centers of another number', vector({ center: [1] }), /"center" must be a list of 2 finite numbers/],
    ['scales below 0', vector({ scale: [1, -1] }), /"scale" must be above 0; got \[1,-1\]/],
  ])('is refused with %s', (_, state, message) => {
    expect(() => Recipe.fromState(state)).toThrow(DataError);
    expect(() => Recipe.fromState(state)).toThrow(message);
  });
});
