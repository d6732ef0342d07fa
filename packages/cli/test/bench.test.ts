import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseReport, type BenchReport } from '@shoal/bench';
import { describe, expect, it } from 'vitest';
import { shoal, shoalProcess, temporaryFolder } from './run-shoal.ts';

async function bench(...argv: string[]): Promise<{
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly folder: string;
  readonly report: BenchReport;
}> {
  const folder = await temporaryFolder();
  const output = join(folder, 'bench.json');
  const outcome = await shoal('bench', ...argv, '--quick', '--engine', 'wasm', '--output', output);
  const report = parseReport(await readFile(output, 'utf8'));
  return { ...outcome, folder, report };
}

/** Answers like the worker of the Python peers, but does not move centroids. */
const LAZY_PYTHON = `import { copyFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const { id, operation, centroids, out } = JSON.parse(line);
  let answer = {};
  if (operation === 'hello') answer = { python: '3', versions: { 'scikit-learn': '0' }, pools: [] };
  if (operation === 'kmeans') {
    copyFileSync(centroids, out);
    answer = { seconds: 1e-9, iterations: 1 };
  }
  console.log(JSON.stringify({ id, ...answer }));
}
`;

/** Cases that measure the WebGPU engine and no other. */
const onGpusAlone = [
  'kmeans-variants',
  'kmeans-device-fit',
  'kmeans-device-seeding',
  'gmm-device-step',
  'gmm-device-fit',
];

describe('bench', () => {
  it('measures every case, and writes every sample, a page and a table', async () => {
    const page = join(await temporaryFolder(), 'bench.html');
    const argv = ['*', '--repetitions', '2', '--warm-up', '0', '--html', page];
    const { status, stdout, stderr, report } = await bench(...argv);
    expect(status, stderr).toBe(0);
    expect(report).toMatchObject({ quick: true, engine: { name: 'wasm' }, peers: [] });
    // Null where the sources lie outside a repository.
    expect(report.shoal.commit ?? 'a'.repeat(40)).toMatch(/^[0-9a-f]{40}$/);
    const cases = new Set(report.rows.map((row) => row.case));
    expect([...cases]).toEqual([
      'kmeans-fit',
      'kmeans-step',
      'kmeans-seeding',
      'gmm-fit',
      'gmm-step',
      'pca',
      'metrics',
      'autoencoder-epoch',
      'cli-cold-start',
      'scaling',
      ...onGpusAlone,
    ]);
    for (const row of report.rows) {
      if (onGpusAlone.includes(row.case)) {
        expect(row.unavailable).toContain('this one is wasm');
        continue;
      }
      expect(row.unavailable, row.workload).toBeNull();
      expect(row.ratio).toBeNull();
      for (const { samples, median, quality } of row.contenders) {
        expect(samples).toHaveLength(2);
        expect(median).toBeGreaterThan(0);
        expect(Number.isFinite(quality)).toBe(true);
      }
      expect(stdout).toContain(`${row.case}/${row.workload}`);
    }
    expect(await readFile(page, 'utf8')).toContain('gmm-fit / full');
    // Loading TensorFlow.js would take longer than the rest of a small fit.
    for (const { notes } of report.rows.filter((row) => row.case === 'cli-cold-start')) {
      expect(notes.join()).toMatch(/kB loaded: .*@shoal\/core/);
      expect(notes.join()).not.toContain('@tensorflow');
    }
  });

  it('compares with installed peers, and says how to install the others', async () => {
    const { status, stderr, report, folder } = await bench(
      ...['kmeans-fit/small*', '--peers', '--python', '/nowhere/python'],
    );
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('scikit-learn is absent');
    expect(stderr).toContain('pip install faiss-cpu');
    expect(report.rows.map(({ ratio }) => ratio?.peer)).toEqual(['ml-kmeans', 'ml-kmeans']);
    const [shoalRun, peer] = report.rows[0].contenders;
    expect(peer.iterations).toBe(shoalRun.iterations);
    expect(peer.quality! / shoalRun.quality!).toBeCloseTo(1, 5);
    expect((await readdir(folder)).sort()).toEqual(['bench.html', 'bench.json']);
  });

  it('refuses a peer whose result is wrong, shows no time of it, and ends with 1', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lazy.mjs'), LAZY_PYTHON);
    const python = join(folder, 'python');
    await writeFile(python, `#!/bin/sh\nexec "${process.execPath}" "${join(folder, 'lazy.mjs')}"\n`);
    await chmod(python, 0o755);
    const { status, stdout, stderr, report } = await bench(
      ...['kmeans-fit/small', '--peers', '--python', python],
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/kmeans-fit\/small, scikit-learn lloyd refused: inertia .* differs/);
    const [row] = report.rows;
    expect(row.contenders.map(({ name, median }) => [name, median !== null])).toEqual([
      ['shoal', true],
      ['scikit-learn lloyd', false],
      ['scikit-learn elkan', false],
      ['ml-kmeans', true],
    ]);
    expect(row.ratio?.peer).toBe('ml-kmeans');
    expect(stdout).toContain('scikit-learn lloyd refused');
  });

  it('prints one JSON object when asked for', async () => {
    const { stdout, report } = await bench('metrics/external', '--json');
    expect(parseReport(stdout)).toEqual(report);
  });

  it('lists its cases', async () => {
    const { status, stdout } = await shoal('bench', '--list');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^kmeans-fit .*\n[^]*^scaling /m);
  });

  it.each([
    ['an unknown case', ['kmeans'], /no case "kmeans"; the cases are kmeans-fit/],
    ['a Python without peers', ['--python', 'python3'], /--python does not apply to a run without --peers/],
    ['threads of an engine without', ['--threads', '2', '--engine', 'reference'], /--engine wasm/],
    ['no repetitions', ['--repetitions', '0'], /--repetitions takes .*; got "0"/],
  ])('refuses %s', async (_, argv, message) => {
    const output = join(await temporaryFolder(), 'bench.json');
    const { status, stdout, stderr } = await shoal('bench', '--quick', '--output', output, ...argv);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    await expect(readFile(output)).rejects.toThrow('ENOENT');
  });

  it('ends with 130 on Ctrl-C and leaves no partial result', async () => {
    const folder = await temporaryFolder();
    const { status, stdout } = await shoalProcess(
      ['bench', 'kmeans-fit/noise-1024', '--engine', 'reference'],
      { cwd: folder, interruptAt: 'engine reference' },
    );
    expect(status).toBe(130);
    expect(stdout).toBe('');
    expect(await readdir(folder)).toEqual([]);
  });
});
