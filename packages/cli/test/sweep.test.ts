import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

/** A CSV file of three heaps. */
async function heaps(folder: string): Promise<string> {
  const { data, rows, columns } = blobs(90, 2, 3, 4, 0.3).points;
  const lines = Array.from({ length: rows }, (_, i) => data.slice(i * columns, (i + 1) * columns).join(','));
  const file = join(folder, 'heaps.csv');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

describe('sweep', () => {
  it('marks the pick of each criterion, and writes its numbers and curves', async () => {
    const folder = await temporaryFolder();
    const file = await heaps(folder);
    const output = join(folder, 'sweep');
    const argv = ['sweep', file, '-k', '2..5', '--n-init', '3', '--engine', 'reference', '-o', output];
    const { status, stdout, stderr } = await shoal(...argv);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^ +3 .*\d \*.*\d \*.*\d \*/m);
    expect(stdout).toContain('Picked (*): silhouette 3, gap 3, stability 3.');
    expect((await readdir(output)).sort()).toEqual(['sweep.json', 'sweep.svg']);
    const saved = JSON.parse(await readFile(join(output, 'sweep.json'), 'utf8')) as Record<string, unknown>;
    expect(saved).toMatchObject({ method: 'kmeans', seeds: [0, 1, 2], picks: { silhouette: 3 } });
    const svg = await readFile(join(output, 'sweep.svg'), 'utf8');
    expect(svg.match(/picks 3/g)).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|undefined/);

    expect((await shoal(...argv)).status).toBe(2);
    const json = await shoal(...argv, '--force', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ picks: saved['picks'], rows: saved['rows'] });
  });

  it('sweeps scaled points on the sphere, and says which clusters stay empty', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'two.csv');
    await writeFile(file, '1,0\n0,2\n0,5\n'.repeat(8));
    const output = join(folder, 'sweep');
    const argv = [
      '-k',
      '1..4',
      '--metric',
      'cosine',
      '--scaling',
      'unit',
      '--engine',
      'reference',
      '-o',
      output,
    ];
    const { status, stdout, stderr } = await shoal('sweep', file, ...argv);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('Picked (*): silhouette 2, stability 2.');
    expect(stdout).toContain('4, 2 found');
    const svg = await readFile(join(output, 'sweep.svg'), 'utf8');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(await readFile(join(output, 'sweep.json'), 'utf8')).not.toContain('null');
  });

  it('sweeps mixtures, with the given criteria', async () => {
    const file = await heaps(await temporaryFolder());
    const argv = [
      '-m',
      'gmm',
      '-k',
      '2,3,4',
      '--n-init',
      '3',
      '--criteria',
      'bic,stability',
      '--seeds',
      '2',
      '--scaling',
      'none',
    ];
    const { status, stdout, stderr } = await shoal('sweep', file, ...argv, '--engine', 'reference');
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('Picked (*): bic 3, stability 3.');
    expect(stdout).not.toContain('silhouette');
  });

  it.each([
    ['no range', ['-k', 'many'], /2\.\.15 or 4,8,16/],
    ['a descending range', ['-k', '5..2'], /got "5\.\.2"/],
    ['no clusters', ['-k', '0..2'], /got "0\.\.2"/],
    ['an unknown criterion', ['-k', '2', '--criteria', 'taste'], /got "taste"/],
    ['a criterion of mixtures', ['-k', '2', '--criteria', 'bic'], /criterion bic does not apply to kmeans/],
    ['a covariance for k-means', ['-k', '2', '--covariance-type', 'diag'], /does not apply/],
    ['a metric for mixtures', ['-k', '2', '-m', 'gmm', '--metric', 'cosine'], /--metric does not apply/],
    [
      'references without a gap',
      ['-k', '2', '--metric', 'cosine', '--references', '3'],
      /--references does not apply/,
    ],
    [
      'a sample without a silhouette',
      ['-k', '2', '--criteria', 'gap', '--sample', '9'],
      /--sample does not apply/,
    ],
    [
      'a gap on the sphere',
      ['-k', '2', '--metric', 'cosine', '--criteria', 'gap'],
      /criterion gap does not apply to kmeans/,
    ],
    ['more clusters than points', ['-k', '2,91'], /91 clusters need at least as many points; got 90/],
    ['seeds past the largest', ['-k', '2', '--seed', '9007199254740991'], /seeds must be a whole number/],
  ])('refuses %s', async (_, argv, message) => {
    const folder = await temporaryFolder();
    const file = await heaps(folder);
    const { status, stderr } = await shoal(
      'sweep',
      file,
      ...argv,
      '--engine',
      'reference',
      '-o',
      join(folder, 'out'),
    );
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(await readdir(folder)).toEqual(['heaps.csv']);
  });
});
