import { Random } from '@shoal/core';
import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';

describeInChromium('delimited text in a page', import.meta.dirname, 'readText', { webgpu: false }, (page) => {
  it('is read by WebAssembly, to the numbers that JavaScript has', async () => {
    const text = sampleText();
    const { isByWebAssembly, columns } = await page().evaluate((given) => window.readText!(given), text);
    const [, ...lines] = text.trimEnd().split('\n');
    const cells = lines.map((line) => line.split(','));
    expect(isByWebAssembly).toBe(true);
    expect(columns).toEqual(
      Array.from({ length: 5 }, (_, j) => cells.map((row) => (row[j] === 'NA' ? null : Number(row[j])))),
    );
  });
});

/** Delimited text of numbers in several ways of writing, with missing values: more than a megabyte. */
function sampleText(): string {
  const random = new Random(3);
  const lines = Array.from({ length: 20_000 }, (_, i) => {
    const value = random.normal();
    return [i, value, value.toFixed(4), (1e6 * value).toExponential(9), i % 97 === 0 ? 'NA' : -value].join(
      ',',
    );
  });
  return `a,b,c,d,e\n${lines.join('\n')}\n`;
}
