import { execFileSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeNpy } from '@shoal/data';
import { describe, expect, it } from 'vitest';
import type { ReproductionSummary } from '../src/reproduce/summary.ts';
import { shoalProcess, temporaryFolder } from './run-shoal.ts';

/** A machine without Fashion-MNIST. */
function bareMachine(folder: string): { cwd: string; env: Record<string, string> } {
  return { cwd: folder, env: { SHOAL_DATA_DIR: '', XDG_CACHE_HOME: join(folder, 'cache'), HOME: folder } };
}

const SMALL = ['reproduce', '--no-download', '--limit', '600', '--engine', 'wasm'];

describe('the built command', () => {
  it('reproduces on garments when Fashion-MNIST is not available, says so, and prints the documented keys', async () => {
    const folder = await temporaryFolder();
    const { status, stdout, stderr } = await shoalProcess([...SMALL, '--json'], bareMachine(folder));
    expect(status, stderr).toBe(0);
    expect(stderr).toContain("Fashion-MNIST is not available, so this runs on Shoal's own garments instead.");
    const summary = JSON.parse(stdout) as ReproductionSummary;
    expect(summary).toMatchObject({
      dataset: 'garments',
      fallback: true,
      trainImages: 600,
      testImages: 100,
      seeds: [0],
    });
    expect(summary.tasks.map(({ name, settings }) => `${name}/${settings}`)).toEqual([
      'kmeans/report',
      'kmeans/default',
      'ae-kmeans/report',
      'ae-kmeans/default',
      'ae-gmm/report',
      'ae-gmm/default',
    ]);
    expect(summary.tasks.map(({ reported }) => reported.toFixed(4))).toEqual([
      '0.5128',
      '0.5128',
      '0.5277',
      '0.5277',
      '0.5322',
      '0.5322',
    ]);
    for (const { train, test, seconds, engine } of summary.tasks) {
      expect(engine).toContain('wasm');
      expect(seconds).toBeGreaterThan(0);
      for (const [scores, images] of [
        [train, 600],
        [test, 100],
      ] as const) {
        const keys = ['accuracy', 'purity', 'ari', 'ami', 'nmi', 'confusion', 'confusionClusters'];
        expect(Object.keys(scores)).toEqual(keys);
        expect(Object.keys(scores.nmi)).toEqual(['arithmetic', 'geometric', 'min', 'max']);
        expect(scores.accuracy).toBeGreaterThan(0.1);
        expect(scores.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(images);
      }
    }
    for (const { summary: layers, loss, validationLoss } of Object.values(summary.autoencoders)) {
      for (const count of ['100480', '8256', '2080', '2112', '8320', '101136', '222,384', '110,816']) {
        expect(layers).toContain(count);
      }
      expect(loss.at(-1)).toBeLessThan(loss[0]);
      expect(validationLoss).toHaveLength(loss.length);
    }
  });

  it('gives mean and spread over seeds, and the same text twice', async () => {
    const folder = await temporaryFolder();
    const argv = [...SMALL, '--dataset', 'garments', '--no-report'];
    const several = await shoalProcess([...argv, '--seeds', '2', '--json'], bareMachine(folder));
    expect(several.status, several.stderr).toBe(0);
    const { tasks } = JSON.parse(several.stdout) as ReproductionSummary;
    const { accuracy, nmi } = tasks[0].test;
    for (const score of [accuracy, nmi.geometric]) {
      const { mean, sd, values } = score as Exclude<typeof score, number>;
      expect(values).toHaveLength(2);
      expect(mean).toBeCloseTo((values[0] + values[1]) / 2, 12);
      expect(sd).toBeCloseTo(Math.abs(values[0] - values[1]) / Math.SQRT2, 12);
    }
    const [once, again] = [
      await shoalProcess(argv, bareMachine(folder)),
      await shoalProcess(argv, bareMachine(folder)),
    ];
    const withoutTimes = (text: string): string =>
      text.replace(/\d+(\.\d+)? s\b|seconds.*|\d+\.\d(?!\d)/g, '');
    expect(withoutTimes(again.stdout)).toBe(withoutTimes(once.stdout));
    expect(once.stdout).toContain('Summary: NMI with geometric averaging on the test images');
    expect(once.stdout).toContain('is normalized mutual information with geometric averaging');
  });

  it('exits with 3 and offers garments when only Fashion-MNIST is allowed', async () => {
    const folder = await temporaryFolder();
    const { status, stdout, stderr } = await shoalProcess(
      ['reproduce', '--no-download', '--dataset', 'fashion-mnist'],
      bareMachine(folder),
    );
    expect(status).toBe(3);
    expect(stderr).toContain('garments');
    expect(stdout).toBe('');
  });

  it('ends with 130 on Ctrl-C and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    const { status, stdout } = await shoalProcess(
      [
        'fit',
        'garments',
        '--size',
        '20000',
        '-k',
        '50',
        '--engine',
        'reference',
        '--n-init',
        '100',
        '-o',
        'run',
      ],
      { ...bareMachine(folder), interruptAt: 'engine reference' },
    );
    expect(status).toBe(130);
    expect(stdout).toBe('');
    expect(await readdir(folder)).toEqual([]);
  });

  it('ends an evaluation within a second of Ctrl-C', async () => {
    const folder = await temporaryFolder();
    const rows = 60_000;
    // Half a million products per pair of 30,000 clusters: hours, if it is not stopped.
    const points = Float32Array.from({ length: rows * 32 }, (_, i) => (i * 7919) % 1009);
    await writeFile(join(folder, 'points.npy'), writeNpy({ data: points, shape: [rows, 32] }));
    const labels = Int32Array.from({ length: rows }, (_, i) => i % 30_000);
    await writeFile(join(folder, 'labels.npy'), writeNpy({ data: labels, shape: [rows] }));
    const argv = ['evaluate', 'labels.npy', '--data', 'points.npy', '--sample', '60000'];
    const { status, stdout, secondsToEnd } = await shoalProcess(argv, { cwd: folder, interruptAfter: 2.5 });
    expect(status).toBe(130);
    expect(stdout).toBe('');
    expect(secondsToEnd).toBeLessThan(1);
  });

  it('ends at the first Ctrl-C while it waits for a pipe that nobody writes to', async () => {
    const folder = await temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'points.csv')]);
    const argv = ['fit', 'points.csv', '-k', '2'];
    const { status, secondsToEnd } = await shoalProcess(argv, { cwd: folder, interruptAfter: 1 });
    expect(status).toBe(130);
    expect(secondsToEnd).toBeLessThan(1);
    expect(await readdir(folder)).toEqual(['points.csv']);
  });

  it('refuses at once what would fill the memory', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'bomb.csv.gz'), gzipSync(Buffer.alloc(1 << 20)));
    const bomb = await shoalProcess(['data', 'info', 'bomb.csv.gz', '--max-bytes', '2000'], { cwd: folder });
    expect(bomb.status).toBe(2);
    expect(bomb.stderr).toMatch(/at most 2000 bytes are read, .* but this file has 1048576\..*--max-bytes/);
    const argv = ['fit', 'garments', '--size', '100', '-k', '2', '--engine', 'wasm', '--threads', '1000'];
    const crowd = await shoalProcess(argv, { cwd: folder });
    expect(crowd.status).toBe(2);
    expect(crowd.stderr).toMatch(/number of threads may be at most \d+ .*; got 1000\./);
  });

  it('is quiet about progress when standard error is not a terminal', async () => {
    const folder = await temporaryFolder();
    const { stderr } = await shoalProcess(
      ['fit', 'garments', '--size', '200', '-k', '3', '--engine', 'wasm', '-o', 'run'],
      bareMachine(folder),
    );
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining('engine wasm'),
      expect.stringMatching(/^Wrote run\.$/),
    ]);
  });

  it('lists devices as JSON and says what auto takes', async () => {
    const folder = await temporaryFolder();
    const { status, stdout } = await shoalProcess(['devices', '--json'], bareMachine(folder));
    expect(status).toBe(0);
    const { auto } = JSON.parse(stdout) as { auto: { engine: string; reason: string } };
    expect(auto.reason).toContain(auto.engine);
  });
});
