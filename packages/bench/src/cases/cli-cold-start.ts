import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnsupportedError } from '@shoal/core';
import type { BenchCase, Workload } from '../bench-case.ts';
import { noise } from '../data/point-sets.ts';
import { bytesByPackage, loadedScripts, runOnce } from './loaded-scripts.ts';

const SEED = 1;

/** The time from the start of `shoal` to its exit, and how much JavaScript it loads. */
export const cliColdStart: BenchCase = {
  name: 'cli-cold-start',
  summary: 'the shoal command from its start to its exit, beside an empty Node.js program',
  workloads: () => [
    coldStart('version', ['--version']),
    coldStart('fit', ['fit', 'points.csv', '-k', '3', '--engine', 'wasm', '--force', '-o', 'run']),
  ],
};

function coldStart(name: string, argv: readonly string[]): Workload {
  return {
    name,
    parameters: { command: `shoal ${argv.join(' ')}`, data: '100 x 2, N(0, I)', seed: SEED },
    quality: { name: 'kB of JavaScript loaded', tolerance: null },
    timed: 'run',
    repetitions: 7,
    async prepare({ shoalCommand, signal }) {
      if (shoalCommand === undefined) {
        throw new UnsupportedError('The shoal command is not built here; run `pnpm build` first.');
      }
      const cwd = await mkdtemp(join(tmpdir(), 'shoal-cold-start-'));
      const { data } = await noise(100, 2, SEED, signal);
      const lines = Array.from({ length: 100 }, (_, i) => `${data[2 * i]},${data[2 * i + 1]}\n`);
      await writeFile(join(cwd, 'points.csv'), lines.join(''));
      const command = [...shoalCommand, ...argv];
      const scripts = await loadedScripts(command, cwd, signal);
      const packages = await bytesByPackage(scripts);
      const loaded = packages.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000;
      const kilobytes = packages.map(([from, bytes]) => `${from} ${(bytes / 1000).toFixed(0)}`);
      return {
        contenders: [
          {
            name: 'shoal',
            role: 'ours',
            dtype: '',
            run: async () => ({
              ...(await runOnce(command, { cwd, signal })),
              quality: async () => loaded,
            }),
          },
          {
            name: 'node --eval 0',
            role: 'baseline',
            dtype: '',
            run: async () => ({
              ...(await runOnce([process.execPath, '--eval', '0'], { cwd, signal })),
              quality: async () => 0,
            }),
          },
        ],
        notes: [`kB loaded: ${kilobytes.join(', ')}`],
        release: () => void rm(cwd, { recursive: true }),
      };
    },
  };
}
