import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpy } from '@shoal/data';
import { readTableFile, writeTableFile } from '@shoal/data/node';
import { cellAt, tableOf, type Table } from '@shoal/tables';
import { decodeView } from '@shoal/viewer/data';
import { beforeAll, describe, expect, it } from 'vitest';
import { readProfiles } from '../src/tables/profiles-file.ts';
import { shoal, temporaryFolder } from './run-shoal.ts';

const ENGINE = ['--engine', 'wasm', '--threads', '1'];

/** A public table of vega-datasets. */
async function publicTable(name: string): Promise<Table> {
  const path = new URL(`../data/${name}`, import.meta.resolve('vega-datasets'));
  return tableOf(JSON.parse(await readFile(path, 'utf8')) as object[]);
}

let penguins: Table;
beforeAll(async () => {
  penguins = await publicTable('penguins.json');
});

/** Fits the penguins with their species as classes. */
async function fittedPenguins(...more: string[]) {
  const folder = await temporaryFolder();
  const file = join(folder, 'penguins.csv');
  const run = join(folder, 'run');
  await writeTableFile(file, penguins);
  const outcome = await shoal('fit', file, '--label-column', 'Species', '-o', run, ...ENGINE, ...more);
  expect(outcome.status, outcome.stderr).toBe(0);
  const read = async (name: string): Promise<string> => readFile(join(run, name), 'utf8');
  return { ...outcome, folder, file, run, read };
}

describe('a table of mixed columns', () => {
  it('is fitted without an option, and comes back with its clusters and what they are', async () => {
    const { stdout, stderr, run, read } = await fittedPenguins('-k', '3', '--n-init', '10');
    const { train } = JSON.parse(await read('metrics.json')) as { train: { ari: number } };
    expect(train.ari).toBeGreaterThanOrEqual(0.75);

    // Every column is accounted for.
    for (const { name } of penguins.columns) expect(stderr).toContain(name);
    expect(stderr).toMatch(/Sex +category +3 %/);
    expect(stderr).toMatch(/standardized/);

    // The input, and two columns more, in the order of the input.
    const assigned = await readTableFile(join(run, 'assignments.csv'));
    expect(assigned.columns.map(({ name }) => name)).toEqual([
      ...penguins.columns.map(({ name }) => name),
      'cluster',
      'distance',
    ]);
    const labels = readNpy(await readFile(join(run, 'labels.npy')), 'labels.npy').data;
    const [cluster, distance] = assigned.columns.slice(-2);
    for (let row = 0; row < penguins.rows; row++) {
      expect(cellAt(cluster, row)).toBe(labels[row]);
      expect(cellAt(distance, row)).toBeGreaterThan(0);
      expect(cellAt(assigned.columns[4], row)).toEqual(cellAt(penguins.columns[4], row));
    }

    // What a biologist would say of Gentoo penguins.
    const { clusters } = await readProfiles(run);
    const gentoo = clusters.find(({ size }) => size > 110 && size < 135);
    const effects = new Map(gentoo?.traits.map(({ name, effect }) => [name, effect]));
    expect(effects.get('Body Mass (g)')).toBeGreaterThan(1);
    expect(effects.get('Flipper Length (mm)')).toBeGreaterThan(1);
    expect(effects.get('Beak Depth (mm)')).toBeLessThan(-1);
    for (const { name } of clusters) expect(stdout).toContain(name);

    const view = decodeView(await readFile(join(run, 'view.safetensors')));
    expect(view.clusterNames).toEqual(clusters.map(({ name }) => name));
    expect(view.columns?.map(({ name }) => name)).toEqual(penguins.columns.map(({ name }) => name));
  });

  it('agrees with the species by a mixture of the four measurements', async () => {
    const measured = '3,4,5,6';
    const { read } = await fittedPenguins(
      '-m',
      'gmm',
      '-k',
      '3',
      '--columns',
      measured,
      '--n-init',
      '5',
      '--no-report',
    );
    const { train } = JSON.parse(await read('metrics.json')) as { train: { ari: number } };
    expect(train.ari).toBeGreaterThanOrEqual(0.9);
  });

  it('is described again, and its clusters can be named', async () => {
    const { run, read } = await fittedPenguins('-k', '3');
    const before = await shoal('describe', run);
    expect(before.stdout).toContain('Body Mass (g)');
    const named = await shoal('name', run, '1', 'Big <birds>');
    expect(named.stderr).toContain('is called "Big <birds>" now');
    const after = await shoal('describe', run);
    expect(after.stdout).toContain('Big <birds>');
    expect(decodeView(await readFile(join(run, 'view.safetensors'))).clusterNames?.[1]).toBe('Big <birds>');
    expect(await read('report.html')).not.toContain('Big <birds>');
    expect((await shoal('name', run, '0', 'Big <birds>')).stderr).toMatch(/Cluster 1 is called .* already/);
    expect((await shoal('name', run, '0', 'two\nlines')).stderr).toMatch(
      /one line of text; got "two\\nlines"/,
    );
    expect((await shoal('name', run, '7', 'x')).stderr).toMatch(/clusters 0 to 2; got 7/);
  });

  it('says with --json what was done with each column', async () => {
    const { stdout } = await fittedPenguins('-k', '2', '--json', '--no-report');
    const said = JSON.parse(stdout) as {
      columns: { name: string; use: string }[];
      profiles: { clusters: unknown[] };
    };
    expect(said.columns.map(({ name, use }) => [name, use])).toContainEqual(['Species', 'label']);
    expect(said.profiles.clusters).toHaveLength(2);
  });

  it('chooses the number of clusters, and says how sure it is', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'blobs.csv');
    const rows = Array.from({ length: 150 }, (_, i) => [
      10 * (i % 3) + Math.sin(i * 7.3),
      -10 * (i % 3) + Math.cos(i * 3.1),
    ]);
    await writeFile(file, `x,y\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    const run = join(folder, 'run');
    const { stderr, status } = await shoal('fit', file, '-k', 'auto', '-o', run, ...ENGINE, '--no-report');
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/^3 clusters: all criteria agree/m);
    expect((await readProfiles(run)).separation.verdict).toBe('clear');
  });
});

describe('new rows', () => {
  it('are matched by names in any order, one row for each', async () => {
    const { folder, run } = await fittedPenguins('-k', '3', '--no-report');
    const reversed = { ...penguins, columns: penguins.columns.toReversed() };
    const file = join(folder, 'reversed.csv');
    const out = join(folder, 'out.csv');
    await writeTableFile(file, reversed);
    const { status, stderr } = await shoal('predict', run, file, '-o', out, ...ENGINE);
    expect(status, stderr).toBe(0);
    const labels = readNpy(await readFile(join(run, 'labels.npy')), 'labels.npy').data;
    const predicted = await readTableFile(out);
    const cluster = predicted.columns.find(({ name }) => name === 'cluster');
    expect(cluster).toBeDefined();
    for (let row = 0; row < penguins.rows; row++) expect(cellAt(cluster!, row)).toBe(labels[row]);
  });

  it('are read as the rows of the fit were', async () => {
    const folder = await temporaryFolder();
    const write = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const values = Array.from({ length: 20 }, (_, i) => `${i < 10 ? 1 : 9}.${100 + i},50;7`);
    const fitted = await write('fit.csv', `euro;n\n${values.join('\n')}\n`);
    const added = await write('new.csv', 'euro;n\n1.100;7\n9.100;7\n');
    const run = join(folder, 'run');
    const fit = await shoal('fit', fitted, '-k', '2', '-o', run, ...ENGINE, '--no-report');
    expect(fit.status, fit.stderr).toBe(0);
    const out = join(folder, 'out.csv');
    const predicted = await shoal('predict', run, added, '-o', out, ...ENGINE);
    expect(predicted.status, predicted.stderr).toBe(0);
    const table = await readTableFile(out);
    expect([cellAt(table.columns[0], 0), cellAt(table.columns[0], 1)]).toEqual([1100, 9100]);
    expect(cellAt(table.columns[2], 0)).not.toBe(cellAt(table.columns[2], 1));
  });

  it('of another recipe are profiled by the columns that it uses', async () => {
    const { folder, run } = await fittedPenguins('-k', '3', '--no-report');
    const file = join(folder, 'reversed.csv');
    await writeTableFile(file, { ...penguins, columns: penguins.columns.toReversed() });
    const again = join(folder, 'again');
    const { status, stderr } = await shoal(
      'fit',
      file,
      '-k',
      '3',
      '--recipe',
      run,
      '-o',
      again,
      ...ENGINE,
      '--no-report',
    );
    expect(status, stderr).toBe(0);
    const { columns } = await readProfiles(again);
    expect(columns.map(({ name }) => name)).not.toContain('Species');
    expect(columns.map(({ name }) => name)).toContain('Body Mass (g)');
  });

  it('that lack a column, or have unknown categories, are said', async () => {
    const { folder, run } = await fittedPenguins('-k', '3', '--no-report');
    const file = join(folder, 'new.csv');
    await writeTableFile(file, {
      ...penguins,
      columns: penguins.columns.filter(({ name }) => name !== 'Sex'),
    });
    const lacking = await shoal('predict', run, file, ...ENGINE);
    expect(lacking.status).toBe(2);
    expect(lacking.stderr).toMatch(/"?Sex"?/);

    const text = (await readFile(join(folder, 'penguins.csv'), 'utf8')).replace(/Torgersen/g, 'Atlantis');
    await writeFile(file, text);
    const unknown = await shoal('predict', run, file, ...ENGINE);
    expect(unknown.status).toBe(0);
    expect(unknown.stderr).toMatch(/52/);
    expect(unknown.stdout.trim().split('\n')).toHaveLength(penguins.rows);
  });
});

describe('rows with nothing in them', () => {
  it('are -1, and keep their place', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'holes.csv');
    await writeFile(file, 'x,y\n0,0\n,\n0,1\n9,9\n9,8\n,\n');
    const run = join(folder, 'run');
    const { status, stderr } = await shoal('fit', file, '-k', '2', '-o', run, ...ENGINE);
    expect(status, stderr).toBe(0);
    const labels = Array.from(readNpy(await readFile(join(run, 'labels.npy')), 'labels.npy').data);
    expect([labels[1], labels[5]]).toEqual([-1, -1]);
    expect(new Set([labels[0], labels[2]]).size).toBe(1);
    expect(labels[0]).not.toBe(labels[3]);
    expect(decodeView(await readFile(join(run, 'view.safetensors'))).rows).toEqual(
      Uint32Array.of(0, 2, 3, 4),
    );
    const again = await shoal('predict', run, file, ...ENGINE);
    expect(again.stdout.trim().split('\n').map(Number)).toEqual(labels);
  });
});

describe('--columns', () => {
  it('takes names with quotes and commas', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'names.csv');
    const names = ['say "hi", x', '5" nails', 'b'];
    await writeTableFile(file, tableOf(Object.fromEntries(names.map((name, i) => [name, [i, 1.5, 3, 2]]))));
    const { stdout } = await shoal('data', 'info', file, '--json', '--columns', '"say ""hi"", x",5" nails');
    const { columns } = JSON.parse(stdout) as { columns: { name: string; use: string }[] };
    expect(columns.map(({ use }) => use)).toEqual(['used', 'used', 'left out']);
  });
});

describe('evaluate', () => {
  it('takes a run folder, and names the data that it was fitted to', async () => {
    const { run, file } = await fittedPenguins('-k', '3', '--assignments', 'none', '--no-report');
    const alone = await shoal('evaluate', run);
    expect(alone.status).toBe(2);
    expect(alone.stderr).toContain(
      `give --data "${file}", which the run was fitted to; or classes by --classes`,
    );
    const scored = await shoal('evaluate', run, '--data', file, '--json');
    expect(scored.status, scored.stderr).toBe(0);
    expect(JSON.parse(scored.stdout)).toMatchObject({
      internal: { silhouette: expect.any(Number) as number },
    });
  });

  it('takes words as classes, a table of ids and clusters, and one cluster', async () => {
    const folder = await temporaryFolder();
    const path = async (name: string, text: string): Promise<string> => {
      const file = join(folder, name);
      await writeFile(file, text);
      return file;
    };
    const clusters = await path('clusters.csv', 'id,cluster\na1,1\na2,1\na3,0\na4,-1\n');
    const classes = await path('classes.csv', 'id,kind\na3,red\na4,red\na1,blue\na2,blue\n');
    const scored = await shoal('evaluate', clusters, '--classes', classes, '--json');
    expect(scored.status, scored.stderr).toBe(0);
    expect(scored.stderr).toMatch(/matched by "id"/);
    const { external, withoutCluster } = JSON.parse(scored.stdout) as {
      external: { purity: number; ari: number };
      withoutCluster: number;
    };
    expect(withoutCluster).toBe(1);
    expect(external.purity).toBe(1);

    const points = await path('points.csv', 'x,y\n0,0\n0,1\n5,5\n6,5\n');
    const one = await path('one.csv', 'cluster\n0\n0\n0\n0\n');
    const alone = await shoal('evaluate', one, '--data', points, '--json', ...[]);
    expect(alone.status, alone.stderr).toBe(0);
    expect(JSON.parse(alone.stdout)).toMatchObject({
      internal: { silhouette: null, leftOut: [expect.any(String)] },
    });
  });
});
