import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TUNING_FIELDS } from './tuning.ts';

it('the fields are in the order in which the kernels read them', () => {
  const text = readFileSync(new URL('../../assembly/tuning.ts', import.meta.url), 'utf8');
  const read = [...text.matchAll(/(\w+) = load<f64>\(tuning(?: \+ (?:(\d+) \* )?F64)?\)/g)];
  expect(read.map(([, name]) => name)).toEqual(TUNING_FIELDS);
  expect(read.map(([text, , index]) => Number(index ?? text.includes('F64')))).toEqual([
    ...TUNING_FIELDS.keys(),
  ]);
});
