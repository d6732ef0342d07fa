import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '@shoal/data';
import { afterAll, expect, it } from 'vitest';
import { allDigits } from '../../manifold/test/umap-learn.ts';
import hashes from './fixtures/same-results.json' with { type: 'json' };
import { shoal } from './run-shoal.ts';

/** The data, small enough for seconds; networks learn little from them. */
const FITS: Readonly<Record<string, readonly string[]>> = {
  'k-means': ['-m', 'kmeans'],
  'k-means, cosine': ['-m', 'kmeans', '--metric', 'cosine'],
  'k-means||': ['-m', 'kmeans', '--init', 'k-means||'],
  'mixture, full': ['-m', 'gmm', '--reg-covar', '0.01', '--max-iterations', '5'],
  'mixture, tied': ['-m', 'gmm', '--covariance-type', 'tied', '--reg-covar', '0.01'],
  'mixture, diag': ['-m', 'gmm', '--covariance-type', 'diag'],
  'mixture, spherical': ['-m', 'gmm', '--covariance-type', 'spherical'],
  'umap-gmm': ['-m', 'umap-gmm', '--layout-epochs', '30'],
  'umap-cut': ['-m', 'umap-cut', '--layout-epochs', '30', '--n-init', '3', '--max-iterations', '100'],
  'n2d-cut': [
    ...['-m', 'n2d-cut', '--layers', '32,8', '--epochs', '1', '--layout-epochs', '30'],
    ...['--n-init', '3', '--max-iterations', '100'],
  ],
  'ae-gmm': ['-m', 'ae-gmm', '--layers', '32,8', '--epochs', '1'],
};

const folder = await mkdtemp(join(tmpdir(), 'shoal-same-'));
const { data: pixels, rows, columns } = allDigits;
await writeFile(join(folder, 'digits.npy'), writeNpy({ data: pixels, shape: [rows, columns] }));
afterAll(() => rm(folder, { recursive: true }));

/** Garments by name, and digits from a file. */
const DATA: Readonly<Record<string, readonly string[]>> = {
  garments: ['garments', '--size', '2000'],
  digits: [join(folder, 'digits.npy'), '--scale', '0.0625'],
};

it.each(Object.keys(DATA).flatMap((data) => Object.keys(FITS).map((fit) => [data, fit] as const)))(
  '%s by %s has the labels it always had',
  async (data, fit) => {
    const run = join(folder, `${data}-${fit}`.replace(/\W/g, '-'));
    // A full matrix of 784 pixels takes minutes, of 128 gradients almost no time.
    const described = data === 'garments' && /full|tied/.test(fit) ? ['--features', 'gradients'] : [];
    const place = ['-k', '10', '--engine', 'wasm', '--arithmetic', 'plain', '--no-report', '-o', run];
    const outcome = await shoal('fit', ...DATA[data], ...FITS[fit], ...described, ...place);
    expect(outcome.status, outcome.stderr).toBe(0);
    const labels = createHash('sha256')
      .update(await readFile(join(run, 'labels.npy')))
      .digest('hex');
    const known: Readonly<Record<string, string | undefined>> = hashes;
    expect(labels.slice(0, 16)).toBe(known[`${data}, ${fit}`]);
  },
);
