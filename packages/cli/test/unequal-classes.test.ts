import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '@shoal/core';
import { expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

const CENTERS = [
  [0, 0],
  [20, 0],
  [5, 18],
] as const;

it('names the balance that a cut chose, and warns when equal sizes were asked for wrongly', async () => {
  const folder = await temporaryFolder();
  const random = new Random(1);
  const rows = [200, 20, 20].flatMap((size, own) =>
    Array.from({ length: size }, () => [own, ...CENTERS[own].map((at) => at + random.normal())].join(',')),
  );
  const file = join(folder, 'points.csv');
  await writeFile(file, `label,x,y\n${rows.join('\n')}\n`);
  const fit = async (...balance: string[]) => {
    const run = join(folder, balance.join('-') || 'default');
    const layout = ['--neighbors', '8', '--dimensions', '2', '--layout-epochs', '50'];
    const cooling = ['--max-iterations', '200', '--n-init', '6', '--no-report'];
    const result = await shoal(
      ...['fit', file, '-m', 'umap-cut', '-k', '3', ...layout, ...cooling, ...balance],
      ...['--engine', 'reference', '-o', run],
    );
    expect(result).toMatchObject({ status: 0 });
    const metrics = JSON.parse(await readFile(join(run, 'metrics.json'), 'utf8')) as {
      readonly warnings: readonly string[];
      readonly train: { readonly ari: number };
    };
    return { ...result, metrics };
  };
  const chosen = await fit();
  expect(chosen.metrics.train.ari).toBe(1);
  expect(chosen.stderr).toMatch(/^warning: Clusters seem to differ in size: a balance of 0/m);
  expect(chosen.metrics.warnings).toContainEqual(expect.stringMatching(/^Clusters seem to differ in size/));
  expect((await fit('--balance', 'auto')).metrics.warnings).toEqual(chosen.metrics.warnings);
  const equal = await fit('--balance', '2');
  expect(equal.metrics.train.ari).toBeLessThan(0.5);
  expect(equal.stderr).toMatch(/^warning: A balance of 2 cuts/m);
  const refused = await shoal('fit', file, '-m', 'umap-cut', '-k', '3', '--balance', 'even');
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain('--balance takes auto or a number of at least 0; got "even"');
});
