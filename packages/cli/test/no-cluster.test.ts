import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpy, writeNpy } from '@shoal/data';
import { readRun } from '@shoal/data/node';
import { decodeView, NO_CLUSTER } from '@shoal/viewer/data';
import { describe, expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

describe('points without a cluster', () => {
  const csv = 'label,x,y\na,0,0\na,0,1\na,1,0\nb,50,50\nb,50,51\nb,51,50\nb,900,900\na,901,900\n';
  const inFile = [0, 0, 0, 1, 1, 1, -1, -1];
  /** The two far points are too few for a cluster of their own. */
  const method = ['-m', 'dbscan', '--radius', '2', '--min-samples', '3', '--scaling', 'none'];
  /** A run folder that the command wrote, and what it printed. */
  async function fittedRun() {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    const run = join(folder, 'run');
    await writeFile(file, csv);
    const { stdout, stderr } = await shoal('fit', file, ...method, '--engine', 'reference', '-o', run);
    expect(stderr).not.toContain('warning');
    return { folder, file, run, printed: stdout };
  }

  /** The clusters of the near points, with any numbers. */
  const renamed = (labels: ArrayLike<number>): number[] => {
    const [first, second] = [labels[0], labels[3]];
    return Array.from(labels, (label) => (label === first ? 0 : label === second ? 1 : label));
  };

  it('are -1 in labels.npy, and NO_CLUSTER in the run that is read back', async () => {
    const { run } = await fittedRun();
    const { data } = readNpy(await readFile(join(run, 'labels.npy')));
    expect(data).toBeInstanceOf(Int32Array);
    expect(renamed(data)).toEqual(inFile);
    const { labels } = await readRun(run);
    expect(renamed(labels)).toEqual(inFile.map((label) => (label < 0 ? NO_CLUSTER : label)));
  });

  it('are reported by the fit, its metrics, its report and the viewer', async () => {
    const { run, printed } = await fittedRun();
    expect(printed).toContain('2 points are in no cluster');
    const metrics: unknown = JSON.parse(await readFile(join(run, 'metrics.json'), 'utf8'));
    // Three points of each class are in the cluster it is matched with, and one is in no cluster.
    expect(metrics).toMatchObject({ withoutCluster: 2, train: { accuracy: 6 / 8 } });
    expect(metrics).toMatchObject({
      train: { confusion: { clusters: expect.arrayContaining([-1]) as number[] } },
    });
    const view = decodeView(await readFile(join(run, 'view.safetensors')));
    expect(Array.from(view.labels.subarray(6))).toEqual([NO_CLUSTER, NO_CLUSTER]);
    expect(view.notes.join(' ')).toContain('2 points are in no cluster');
    expect(await readFile(join(run, 'report.html'), 'utf8')).toMatch(/<th[^>]*>no cluster<\/th>/);
  });

  it('are -1 in what predict prints and writes', async () => {
    const { folder, file, run } = await fittedRun();
    const predict = ['predict', run, file, '--engine', 'reference'];
    const text = await shoal(...predict);
    expect(renamed(text.stdout.trim().split('\n').map(Number))).toEqual(inFile);
    const output = join(folder, 'labels.npy');
    const { stdout } = await shoal(...predict, '--json', '-o', output);
    const { labels } = JSON.parse(stdout) as { labels: number[] };
    expect(renamed(labels)).toEqual(inFile);
    expect(readNpy(await readFile(output)).data).toEqual(Int32Array.from(labels));
  });

  it('are scored by evaluate, with an explanation', async () => {
    const { file, run } = await fittedRun();
    const labels = join(run, 'labels.npy');
    const { stdout } = await shoal('evaluate', labels, '--data', file);
    expect(stdout).toContain('2 points have no cluster (-1)');
    expect(stdout).toMatch(/class \\ cluster .*no cluster/);
    expect(stdout).toContain('silhouette (6 points)');
    const evaluate = ['evaluate', labels, '--data', file, '--dbcv', '--json'];
    const scores = JSON.parse((await shoal(...evaluate)).stdout) as {
      internal: { silhouette: number; dbcv: number; noise: number };
    };
    // Without the far points each cluster is a triangle of sides 1, 1 and the root of 2, 70 away from the other.
    expect(scores).toMatchObject({ withoutCluster: 2, external: { accuracy: 6 / 8 } });
    expect(scores.internal.silhouette).toBeGreaterThan(0.98);
    // Two of eight points are noise, which counts as 0; the clusters are well apart.
    expect(scores.internal.noise).toBe(0.25);
    expect(scores.internal.dbcv).toBeGreaterThan(0.98 * 0.75);
    expect(scores.internal.dbcv).toBeLessThan(0.75);
  });

  it('lose only the scores of clusters when no point is in one', async () => {
    const { folder, file, run } = await fittedRun();
    const { shape } = readNpy(await readFile(join(run, 'labels.npy')));
    const labels = join(folder, 'none.npy');
    await writeFile(labels, writeNpy({ data: new Int32Array(shape[0]).fill(-1), shape }));
    const { stdout } = await shoal('evaluate', labels, '--data', file);
    expect(stdout).toContain('No point has a cluster (all labels are -1)');
    expect(stdout).toContain('against the classes');
  });
});
