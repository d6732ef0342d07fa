import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpy, readSafetensors, writeNpy, writeSafetensors } from '@shoal/data';
import { describe, expect, it } from 'vitest';
import { METHODS } from '../src/methods/index.ts';
import type { OptionName } from '../src/methods/options.ts';
import { shoal, temporaryFolder } from './run-shoal.ts';

interface Metrics {
  readonly precision?: string;
  readonly objective: { readonly name: string; readonly value: number };
  readonly train: { readonly accuracy: number; readonly confusion: { readonly counts: number[][] } };
}

/** Two clusters of three points, far apart, in a CSV file with the class first. */
const TWO_CLUSTERS = 'label,x,y\n7,0,0\n7,0.5,0\n9,10,10\n7,0,0.5\n9,10.5,10\n9,10,10.5\n';

describe('fit, predict and evaluate', () => {
  it.each(METHODS)(
    '$name: saves a model that labels its own training points as in the fit',
    async ({ name: method, options, findsClusters }) => {
      const run = join(await temporaryFolder(), 'run');
      const has = (option: OptionName): boolean => options.includes(option);
      const own = has('layers') ? ['--epochs', '1'] : [];
      if (['dec', 'idec', 'vade'].includes(method)) own.push('--max-iterations', '5');
      if (has('neighbors')) own.push('--layout-epochs', '50', '--neighbors', '8', '--dimensions', '3');
      if (method === 'n2d') own.push('--members', '2');
      if (has('balance')) own.push('--balance', '1', '--compactness', '0.1', '--max-iterations', '50');
      // With limits that bind, predictions may differ from the labels of the fit.
      if (has('minSize')) own.push('--min-size', '1', '--max-size', '300');
      // A full covariance of 784 pixels is slow and not useful.
      if (method === 'gmm' || method === 'bayesian-gmm') own.push('--covariance-type', 'diag');
      if (method === 'kmeans') own.push('--precision', 'fast');
      if (has('radius')) own.push('--radius', '3.5', '--min-samples', '3');
      if (has('minClusterSize')) own.push('--min-cluster-size', '5', '--min-samples', '2');
      if (!findsClusters) own.push('-k', '10');
      const fit = await shoal(
        'fit',
        'garments',
        '--size',
        '300',
        '-m',
        method,
        ...own,
        '--engine',
        'wasm',
        '-o',
        run,
        '--json',
      );
      expect(fit).toMatchObject({ status: 0 });
      const metrics = JSON.parse(fit.stdout) as Metrics;
      expect(metrics).toEqual(JSON.parse(await readFile(join(run, 'metrics.json'), 'utf8')));
      const objectives: Record<string, string> = {
        dbscan: 'share of points in clusters',
        agglomerative: 'height of the last merge',
        dec: 'clustering loss',
        idec: 'clustering loss',
        vade: 'variational loss',
        'bayesian-gmm': 'evidence lower bound',
        'umap-bayesian-gmm': 'evidence lower bound',
      };
      const ofClusters = has('covarianceType')
        ? 'mean log-likelihood'
        : has('balance')
          ? 'balanced cut'
          : has('minClusterSize')
            ? 'persistence'
            : 'inertia';
      expect(metrics.objective.name).toBe(objectives[method] ?? ofClusters);
      expect(Number.isFinite(metrics.objective.value)).toBe(true);
      const precision = method === 'kmeans' ? 'fast' : 'exact';
      expect(metrics.precision).toBe(has('precision') ? precision : undefined);

      const labels = join(run, '..', 'labels.npy');
      const predict = await shoal(
        'predict',
        run,
        'garments',
        '--size',
        '300',
        '--split',
        'train',
        '--engine',
        'wasm',
        '-o',
        labels,
      );
      expect(predict.status).toBe(0);
      expect(readNpy(await readFile(labels)).data).toEqual(
        readNpy(await readFile(join(run, 'labels.npy'))).data,
      );

      const evaluate = await shoal('evaluate', labels, '--data', 'garments', '--size', '300', '--json');
      expect(evaluate.status).toBe(0);
      const { external, internal } = JSON.parse(evaluate.stdout) as {
        external: Metrics['train'];
        internal: { silhouette: number };
      };
      expect(external).toEqual(metrics.train);
      expect(internal.silhouette).toBeGreaterThan(-1);
      expect(internal.silhouette).toBeLessThan(1);
    },
  );

  it('describes images by their gradients, in the model too', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    const images = ['garments', '--size', '300'];
    const argv = [...images, '-k', '10', '--features', 'gradients', '--engine', 'wasm', '-o', run, '--json'];
    const fit = await shoal('fit', ...argv);
    expect(fit.status, fit.stderr).toBe(0);
    expect(JSON.parse(fit.stdout)).toMatchObject({ features: 'gradients' });
    const labels = join(folder, 'labels.npy');
    const predict = await shoal(
      'predict',
      run,
      ...images,
      '--split',
      'train',
      '--engine',
      'wasm',
      '-o',
      labels,
    );
    expect(predict.status, predict.stderr).toBe(0);
    expect(readNpy(await readFile(labels)).data).toEqual(
      readNpy(await readFile(join(run, 'labels.npy'))).data,
    );
    const report = await readFile(join(run, 'report.html'), 'utf8');
    expect(report).toContain('k-means of oriented gradients');
  });

  it.each([
    ['pixels', '4x5/4,8x3/2,6', [5, 5, 1, 4]],
    ['gradients', '16x3,6', [3, 3, 8, 16]],
  ])('fits an encoder with the given layers to %s', async (features, layers, filters) => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    const images = ['garments', '--size', '300', '--engine', 'wasm'];
    const network = ['-m', 'ae-kmeans', '--features', features, '--layers', layers, '--epochs', '1'];
    const fit = await shoal('fit', ...images, '-k', '10', ...network, '--no-report', '-o', run);
    expect(fit.status, fit.stderr).toBe(0);
    const { tensors } = readSafetensors(await readFile(join(run, 'model.safetensors')));
    const first = Object.entries(tensors).find(([name]) => name.endsWith('autoencoder/layer0.weights'));
    expect(first?.[1].shape).toEqual(filters);
    const labels = join(folder, 'labels.npy');
    const predict = await shoal('predict', run, ...images, '--split', 'train', '-o', labels);
    expect(predict.status, predict.stderr).toBe(0);
    expect(readNpy(await readFile(labels)).data).toEqual(
      readNpy(await readFile(join(run, 'labels.npy'))).data,
    );
  });

  it('clusters on a WebGPU device as on the CPU', async () => {
    const folder = await temporaryFolder();
    const inertia = async (...engine: string[]): Promise<number> => {
      const run = join(folder, engine.join('-'));
      const { status, stdout, stderr } = await shoal(
        'fit',
        'garments',
        '--size',
        '300',
        '-k',
        '10',
        '-o',
        run,
        '--json',
        '--engine',
        ...engine,
      );
      expect(status, stderr).toBe(0);
      return (JSON.parse(stdout) as Metrics).objective.value;
    };
    const onGpu = await inertia('webgpu', '--adapter', process.env['SHOAL_TEST_ADAPTER'] ?? 'SwiftShader');
    const onCpu = await inertia('reference');
    expect(Math.abs(onGpu / onCpu - 1)).toBeLessThan(1e-5);
  });

  it('starts from k-means|| when asked to', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    await writeFile(file, TWO_CLUSTERS);
    const argv = ['fit', file, '-k', '2', '--label-column', 'first', '--engine', 'reference', '--json'];
    const scalable = ['--init', 'k-means||', '--rounds', '2', '--oversampling', '0.5'];
    const { status, stdout, stderr } = await shoal(...argv, ...scalable, '-o', join(folder, 'run'));
    expect(status, stderr).toBe(0);
    expect((JSON.parse(stdout) as Metrics).train.accuracy).toBe(1);
  });

  it('computes on the given threads, with the same result', async () => {
    const folder = await temporaryFolder();
    const inertia = async (threads: string): Promise<number> => {
      const argv = ['garments', '--size', '300', '-k', '10', '--engine', 'wasm', '--threads', threads];
      const { status, stdout, stderr } = await shoal('fit', ...argv, '-o', join(folder, threads), '--json');
      expect(status, stderr).toBe(0);
      expect(stderr).toContain(`${threads} thread`);
      return (JSON.parse(stdout) as Metrics).objective.value;
    };
    expect(await inertia('2')).toBe(await inertia('1'));
  });

  it('reads CSV with a class column and prints a readable summary', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    await writeFile(file, TWO_CLUSTERS);
    const run = join(folder, 'run');
    const fit = await shoal(
      'fit',
      file,
      '-k',
      '2',
      '--label-column',
      'first',
      '--engine',
      'reference',
      '-o',
      run,
    );
    expect(fit.status).toBe(0);
    expect(fit.stdout).toContain('points.csv: kmeans, 2 clusters');
    expect(fit.stdout).toMatch(/accuracy \(best one-to-one matching\)\s+1\.0000/);
    expect(fit.stderr).toContain('engine reference on JavaScript');

    await writeFile(join(folder, 'new.csv'), '0.1,0.1\n9,9\n');
    const predict = await shoal('predict', run, join(folder, 'new.csv'), '--engine', 'reference');
    const [first, second, ...rest] = predict.stdout.trim().split('\n');
    expect(first).not.toBe(second);
    expect(rest).toEqual([]);
  });

  it('predict --json prints the labels also when it writes them to a file', async () => {
    const folder = await temporaryFolder();
    const [file, run, output] = ['points.csv', 'run', 'labels.npy'].map((name) => join(folder, name));
    await writeFile(file, TWO_CLUSTERS);
    const cpu = ['--engine', 'reference'];
    await shoal('fit', file, '-k', '2', ...cpu, '-o', run);
    const { status, stdout } = await shoal('predict', run, file, ...cpu, '-o', output, '--json');
    expect(status).toBe(0);
    const { labels } = JSON.parse(stdout) as { labels: number[] };
    expect(labels).toHaveLength(6);
    expect(Array.from(readNpy(await readFile(output)).data)).toEqual(labels);
  });

  it('reads decimal commas and one tensor of several with the right options, and otherwise names them', async () => {
    const folder = await temporaryFolder();
    const csv = join(folder, 'points.csv');
    await writeFile(csv, '1,08\n3,04\n');
    const tensors = join(folder, 'two.safetensors');
    const tensor = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
    await writeFile(tensors, writeSafetensors({ a: tensor, b: tensor }));
    for (const [file, option, value, columns] of [
      [csv, '--decimal', 'comma', 1],
      [tensors, '--tensor', 'b', 2],
    ] as const) {
      const refused = await shoal('data', 'info', file);
      expect(refused.status).toBe(2);
      expect(refused.stderr).toContain(option);
      const { status, stdout } = await shoal('data', 'info', file, option, value, '--json');
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ train: { rows: 2, columns } });
    }
  });

  it('refuses to overwrite a run without --force, before any work', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    await writeFile(file, TWO_CLUSTERS);
    const run = join(folder, 'run');
    const argv = ['fit', file, '-k', '2', '--label-column', 'first', '--engine', 'reference', '-o', run];
    await shoal(...argv);
    const before = (await stat(join(run, 'model.json'))).mtimeMs;
    const refused = await shoal(...argv);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain(run);
    expect(refused.stderr).toContain('--force');
    expect((await stat(join(run, 'model.json'))).mtimeMs).toBe(before);
    expect((await shoal(...argv, '--force')).status).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['points.csv', 'run']);
  });

  it('does not suggest --force for a folder that it would not replace', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    await writeFile(file, TWO_CLUSTERS);
    const { status, stderr } = await shoal('fit', file, '-k', '2', '--engine', 'reference', '-o', file);
    expect(status).toBe(2);
    expect(stderr).toContain(file);
    expect(stderr).not.toContain('--force');
  });
});

describe('what files hold', () => {
  /** One class per row. */
  async function uniqueClasses(rows: number): Promise<{ folder: string; file: string }> {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    const lines = Array.from({ length: rows }, (_, i) => `${i},${i % 6},${(i * 7) % 5}`);
    await writeFile(file, `label,x,y\n${lines.join('\n')}\n`);
    return { folder, file };
  }

  it('does not make scores, tables and files larger than itself: as many classes as rows', async () => {
    const { folder, file } = await uniqueClasses(3_000);
    const run = join(folder, 'run');
    const fit = await shoal('fit', file, '-k', '6', '--engine', 'reference', '-o', run, '--json');
    expect(fit).toMatchObject({ status: 0 });
    expect(fit.stderr).not.toContain('warning');
    const metrics = JSON.parse(fit.stdout) as Metrics;
    expect(metrics.train.accuracy).toBe(6 / 3_000);
    expect(metrics.train.confusion).toMatchObject({ omitted: { classes: 2_900, clusters: 0 } });
    expect((await stat(join(run, 'metrics.json'))).size).toBeLessThan(200_000);
    expect((await stat(join(run, 'report.html'))).size).toBeLessThan(2_000_000);

    // With every row in its own cluster there is no silhouette, but the other scores exist.
    const own = join(folder, 'own.npy');
    await writeFile(
      own,
      writeNpy({ data: Uint32Array.from({ length: 3_000 }, (_, i) => i), shape: [3_000] }),
    );
    const { status, stdout } = await shoal('evaluate', own, '--data', file);
    expect(status).toBe(0);
    expect(stdout).toMatch(/accuracy .* 1\.0000/);
    expect(stdout).toContain('This shows 25 of 3,000 classes and 25 of 3,000 clusters.');
    expect(stdout).toMatch(/silhouette .* left out/);
    expect(stdout).toContain('needs from 2 to points - 1 clusters');
    expect(stdout.length).toBeLessThan(10_000);
  });

  it('does not reach the terminal as control characters, or at unlimited length', async () => {
    const folder = await temporaryFolder();
    const [points, labels, long] = ['p\u001b[31m.csv', 'labels.csv', 'long.csv'].map((name) =>
      join(folder, name),
    );
    await writeFile(points, 'label,x\n\u001b[2Ja,0\n\u001b[2Ja,1\nb,2\n');
    await writeFile(labels, '0\n0\n1\n');
    await writeFile(long, `1,2\n3,4\n${'x'.repeat(1_000_000)},3,4\n`);
    const evaluated = await shoal('evaluate', labels, '--data', points);
    expect(evaluated.status).toBe(0);
    expect(evaluated.stdout).toContain('\\u001b[2Ja');
    const failed = await shoal('fit', `${points}x`, '-k', '2');
    expect(failed.stderr).toContain('p\\u001b[31m.csvx');
    const quoted = await shoal('fit', long, '-k', '2', '-o', join(folder, 'run'));
    expect(quoted.status).toBe(2);
    expect(quoted.stderr.length).toBeLessThan(1_000);
    const printed = [evaluated, failed, quoted].map(({ stdout, stderr }) => stdout + stderr);
    expect(printed.join('')).not.toContain('\u001b');
  });
});

describe('help', () => {
  it.each(['fit', 'predict', 'evaluate', 'reproduce', 'bench', 'devices'])(
    '%s --help shows examples',
    async (command) => {
      const { status, stdout } = await shoal(command, '--help');
      expect(status).toBe(0);
      expect(stdout).toContain(`$ shoal ${command}`);
    },
  );

  it('explains the exit statuses', async () => {
    const { status, stdout } = await shoal('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('130 interrupted');
  });
});
