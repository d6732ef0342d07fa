import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contents, temporaryFolder } from '../../../test/temporary-folder.ts';
import { claimFolder } from './claim-folder.ts';
import { HOST } from './process-life.ts';
import { recoverFolder } from './recover-folder.ts';

const kind = { file: 'model.json', format: 'shoal-run' };
const ended = spawnSync('true').pid;
const left = `run.tmp-${HOST}-${ended}-0123abcd`;
const alive = `run.tmp-${HOST}-${process.pid}-0123abcd`;

/** A folder in which each of `names` is a folder that holds its name. */
async function folderOf(...names: readonly string[]): Promise<string> {
  const parent = await temporaryFolder();
  for (const name of names) {
    await mkdir(join(parent, name));
    await writeFile(join(parent, name, 'model.json'), JSON.stringify({ format: 'shoal-run', name }));
  }
  return parent;
}

async function nameIn(folder: string): Promise<unknown> {
  return (JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as { name: unknown }).name;
}

describe('recoverFolder', () => {
  it.each([
    ['finishes the writing of a killed process', [left, `${left}-old`], 'new', left],
    ['also when the number of the process is in use again', [alive, `${alive}-old`], 'new', alive],
    ['brings the old one back when the new one is lost', [`${left}-old`], 'old', `${left}-old`],
  ] as const)('%s', async (_, names, recovered, name) => {
    const parent = await folderOf(...names);
    expect(await recoverFolder(join(parent, 'run'))).toBe(recovered);
    expect(await nameIn(join(parent, 'run'))).toBe(name);
    expect(await contents(parent)).toEqual(['run', 'run/model.json']);
  });

  it('does not change an existing folder, one that never existed, and other names', async () => {
    const other = [`other.tmp-${HOST}-${ended}-0123abcd-old`, `${left}-older`];
    const parent = await folderOf('run', ...other);
    expect(await recoverFolder(join(parent, 'run'))).toBeUndefined();
    expect(await recoverFolder(join(parent, 'never'))).toBeUndefined();
    expect(await recoverFolder(join(parent, 'gone', 'never'))).toBeUndefined();
    expect((await contents(parent)).filter((name) => !name.includes('/'))).toEqual(['run', ...other].sort());
  });
});

describe('claimFolder', () => {
  it('removes the remains of killed processes, but not files that others are writing', async () => {
    const parent = await folderOf('run', left, `${left}-old`, alive);
    const claim = await claimFolder(join(parent, 'run'), { replace: true, kind });
    expect(claim.recovered).toBeUndefined();
    await claim.release();
    expect((await contents(parent)).filter((name) => !name.includes('/'))).toEqual(['run', alive]);
  });

  it('makes folders around a new one, and removes them when nothing was written', async () => {
    const parent = await temporaryFolder();
    const claim = await claimFolder(join(parent, 'a', 'b', 'run'), { kind });
    expect(await contents(parent)).toEqual(['a', 'a/b', 'a/b/.run.lock']);
    await claim.release();
    expect(await contents(parent)).toEqual([]);
  });
});
