import { expect, it } from 'vitest';
import { readFile } from '../src/read-file.ts';

it('keeps classes that are negative numbers', async () => {
  const lines = Array.from({ length: 12 }, (_, i) => `${i},${i % 5},${(i % 3) - 1}`);
  const { data } = await readFile(new File([`x,y,label\n${lines.join('\n')}\n`], 'fish.csv'));
  expect(data.classes).toMatchObject({
    names: ['-1', '0', '1'],
    labels: Uint32Array.from(lines.keys(), (i) => i % 3),
  });
});
