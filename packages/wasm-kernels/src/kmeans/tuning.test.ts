import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TUNING_FIELDS } from './tuning.ts';

it('the fields are in the order in which the kernels read them', () => {
  const text = readFileSync(new URL('../../assembly/tuning.ts', import.meta.url), 'utf8');
  const read = [...text.matchAll(/(\w+) = load<f64>\(tuning(.*?)\)/g)];
  expect(read.map(([, name]) => name)).toEqual(TUNING_FIELDS);
  const offsets = TUNING_FIELDS.map((_, i) => (i === 0 ? '' : i === 1 ? ' + F64' : ` + ${i} * F64`));
  expect(read.map(([, , offset]) => offset)).toEqual(offsets);
});
