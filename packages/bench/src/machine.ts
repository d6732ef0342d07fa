import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, release, totalmem, type as systemType } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchReport } from './report/schema.ts';

/** The machine a report was made on. */
export function describeMachine(): BenchReport['machine'] {
  return {
    processor: cpus()[0].model.trim(),
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${systemType()} ${release()}, ${process.arch}`,
  };
}

/** Version of this package, and its commit when it is in Shoal's own repository. */
export async function describeShoal(): Promise<BenchReport['shoal']> {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', ['-C', folder, ...args])).stdout.trim();
  try {
    // An installed package is in another repository.
    if ((await git('rev-parse', '--show-prefix')) !== 'packages/bench/') throw new RangeError('not ours');
    const commit = await git('rev-parse', 'HEAD');
    const dirty = (await git('status', '--porcelain', '--untracked-files=no')) !== '';
    return { version, commit, dirty };
  } catch {
    return { version, commit: null, dirty: null };
  }
}
