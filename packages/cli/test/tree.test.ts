import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobs } from '@shoal/core/testing';
import { readNpy } from '@shoal/data';
import { describe, expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

/** A run of three heaps, some of whose rows may have no value. */
async function fitted(method: string, ...argv: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  const { data, rows, columns } = blobs(120, 2, 3, 4, 0.3).points;
  const lines = Array.from({ length: rows }, (_, i) => data.slice(i * columns, (i + 1) * columns).join(','));
  const file = join(folder, 'heaps.csv');
  await writeFile(file, `x,y\n${lines.join('\n')}\n`);
  const run = join(folder, 'run');
  const engine = ['--engine', 'reference', '--no-report'];
  const { status, stderr } = await shoal('fit', file, '-m', method, '-o', run, ...engine, ...argv);
  expect(status, stderr).toBe(0);
  return run;
}

describe('shoal tree', () => {
  it('prints a dendrogram, writes it as Newick, and cuts it', async () => {
    const run = await fitted('agglomerative', '-k', '3');
    const { stdout, status } = await shoal('tree', run);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^120 rows, joined at distance /);
    expect(lines.length).toBeLessThanOrEqual(40);
    for (const cluster of [0, 1, 2])
      expect(stdout).toMatch(new RegExp(`^[│ ]*[├└]─ cluster ${cluster}: 40 rows`, 'm'));

    const newick = join(run, '..', 'tree.nwk');
    expect((await shoal('tree', run, '--newick', newick)).stderr).toContain('leaves are the numbers of rows');
    const text = await readFile(newick, 'utf8');
    expect(text.match(/[(,]\d+:/g)).toHaveLength(120);
    expect(text.endsWith(';\n')).toBe(true);

    const labels = join(run, '..', 'labels.npy');
    const cut = await shoal('tree', run, '--clusters', '3', '-o', labels);
    expect(cut.stderr).toContain('3 clusters.');
    const saved = readNpy(await readFile(join(run, 'labels.npy')), 'labels');
    expect(readNpy(await readFile(labels), 'labels').data).toEqual(saved.data);
    const seven = (await shoal('tree', run, '--clusters', '7')).stdout.trim().split('\n');
    expect(seven).toHaveLength(120);
    expect(new Set(seven).size).toBe(7);
  });

  it('cuts the tree of HDBSCAN at a radius', async () => {
    const run = await fitted('hdbscan');
    expect((await shoal('tree', run)).stdout).toMatch(
      /^120 rows, until distance .*\n(.*\n)*.*cluster 0: \d+ rows/,
    );
    const cut = await shoal('tree', run, '--radius', '0.3', '--json');
    const { labels } = JSON.parse(cut.stdout) as { labels: number[] };
    expect(Math.max(...labels)).toBe(2);
    const wrong = await shoal('tree', run, '--clusters', '3');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('give a radius');
    const json = JSON.parse((await shoal('tree', run, '--json')).stdout) as { kind: string };
    expect(json.kind).toBe('condensed-tree');
  });

  it('undoes splits of bisecting k-means', async () => {
    const run = await fitted('bisecting-kmeans', '-k', '6');
    const { stdout } = await shoal('tree', run, '--clusters', '3');
    expect(new Set(stdout.trim().split('\n'))).toEqual(new Set(['0', '1', '2']));
    const newick = join(run, '..', 'tree.nwk');
    expect((await shoal('tree', run, '--newick', newick)).stderr).toContain('numbers of clusters');
    expect((await readFile(newick, 'utf8')).match(/[(,]\d:/g)).toHaveLength(6);
  });

  it('refuses what does not go together, and runs without a tree', async () => {
    const run = await fitted('kmeans', '-k', '3');
    const none = await shoal('tree', run);
    expect(none).toMatchObject({ status: 2 });
    expect(none.stderr).toContain('has no tree');
    const both = await shoal('tree', run, '--clusters', '3', '--radius', '1');
    expect(both.stderr).toContain('give one of them');
    expect((await shoal('tree', run, '-o', 'labels.npy')).stderr).toContain('--output');
  });
});

describe('shoal sweep of least sizes', () => {
  it('says which size gives the most stable clusters', async () => {
    const folder = await temporaryFolder();
    const { data, rows } = blobs(120, 2, 3, 4, 0.3).points;
    const file = join(folder, 'heaps.csv');
    const lines = Array.from({ length: rows }, (_, i) => data.slice(2 * i, 2 * i + 2).join(','));
    await writeFile(file, `${lines.join('\n')}\n`);
    const argv = ['sweep', file, '-m', 'hdbscan', '--engine', 'reference'];
    const { stdout, stderr, status } = await shoal(...argv, '--min-cluster-sizes', '5,10..12', '--json');
    expect(status, stderr).toBe(0);
    const found = JSON.parse(stdout) as {
      rows: { minClusterSize: number; clusters: number }[];
      pick: number;
    };
    expect(found.rows.map(({ minClusterSize }) => minClusterSize)).toEqual([5, 10, 11, 12]);
    expect(found.rows.find(({ minClusterSize }) => minClusterSize === found.pick)?.clusters).toBe(3);
    const table = await shoal(...argv, '--min-cluster-sizes', '5,10');
    expect(table.stdout).toContain('whose clusters change least');
    expect((await shoal(...argv)).stderr).toContain('--min-cluster-sizes');
    expect((await shoal(...argv, '--min-cluster-sizes', '5,10', '-k', '3')).stderr).toContain('--clusters');
    expect((await shoal('sweep', file)).stderr).toContain('-k 2..15');
    expect((await shoal('sweep', file, '--min-cluster-sizes', '5,6', '-k', '3')).status).toBe(2);
  });
});
