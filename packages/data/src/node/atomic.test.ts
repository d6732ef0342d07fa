import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { contents, temporaryFolder } from '../../test/temporary-folder.ts';
import { FolderExistsError } from '../errors.ts';
import { checkReplaceable, writeFileAtomic, writeFolderAtomic } from './atomic.ts';

const aborted = AbortSignal.abort(new Error('stop'));

describe('writeFileAtomic', () => {
  it('makes the folder, writes, and replaces', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'new', 'report.txt');
    await writeFileAtomic(path, 'first');
    await writeFileAtomic(path, Uint8Array.of(0x68, 0x69));
    expect(await readFile(path, 'utf8')).toBe('hi');
    expect(await contents(folder)).toEqual(['new', 'new/report.txt']);
  });

  it('keeps the old content and leaves nothing else when it fails', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'report.txt');
    await writeFileAtomic(path, 'old');
    await expect(writeFileAtomic(path, 'new', { signal: aborted })).rejects.toThrow();
    await mkdir(join(folder, 'taken', 'full'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'taken'), 'new')).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await contents(folder)).toEqual(['report.txt', 'taken', 'taken/full']);
  });
});

describe('writeFolderAtomic', () => {
  const files = { 'model.json': '{}', data: Uint8Array.of(1) };
  const marker = 'model.json';

  it('writes a new folder, and into an empty one', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'empty'));
    await writeFolderAtomic(join(folder, 'a', 'run'), files, { marker });
    await writeFolderAtomic(join(folder, 'empty'), files, { marker });
    expect(await contents(folder)).toEqual([
      'a',
      'a/run',
      'a/run/data',
      'a/run/model.json',
      'empty',
      'empty/data',
      'empty/model.json',
    ]);
  });

  it('replaces a folder whole, only when asked and only one of its own kind', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    await writeFolderAtomic(run, { ...files, 'old.txt': 'old' }, { marker });
    await expect(writeFolderAtomic(run, files, { marker })).rejects.toThrow(FolderExistsError);
    await writeFolderAtomic(run, files, { marker, replace: true });
    expect(await contents(folder)).toEqual(['run', 'run/data', 'run/model.json']);

    const precious = join(folder, 'precious');
    await writeFolderAtomic(precious, { 'thesis.txt': 'words' }, { marker });
    await expect(writeFolderAtomic(precious, files, { marker, replace: true })).rejects.toThrow(
      /no model.json/,
    );
    expect(await contents(precious)).toEqual(['thesis.txt']);

    await writeFile(join(folder, 'file'), '');
    await expect(checkReplaceable(join(folder, 'file'), { marker, replace: true })).rejects.toThrow(
      /is a file/,
    );
  });

  it('leaves everything as it was when it fails or is aborted', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    await writeFolderAtomic(run, files, { marker });
    const options = { marker, replace: true };
    await expect(writeFolderAtomic(run, files, { ...options, signal: aborted })).rejects.toThrow('stop');
    await expect(writeFolderAtomic(run, { good: 'x', '../evil': 'x' }, options)).rejects.toThrow(
      InvalidArgumentError,
    );
    expect(await contents(folder)).toEqual(['run', 'run/data', 'run/model.json']);
  });
});
