import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contents, temporaryFolder } from '../../../test/temporary-folder.ts';
import { FolderExistsError } from '../../errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { writeFolderAtomic } from './atomic-folder.ts';
import { checkReplaceable } from './folder-kind.ts';

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
  const files = { 'model.json': '{"format":"shoal-run"}', data: Uint8Array.of(1) };
  const kind = { file: 'model.json', format: 'shoal-run' };

  it('writes a new folder, and into an empty one', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'empty'));
    await writeFolderAtomic(join(folder, 'a', 'run'), files, { kind });
    await writeFolderAtomic(join(folder, 'empty'), files, { kind });
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

  it('replaces a whole folder, only when asked and only of its own kind', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    await writeFolderAtomic(run, { ...files, 'old.txt': 'old' }, { kind });
    await expect(writeFolderAtomic(run, files, { kind })).rejects.toThrow(FolderExistsError);
    await writeFolderAtomic(run, files, { kind, replace: true });
    expect(await contents(folder)).toEqual(['run', 'run/data', 'run/model.json']);

    const precious = join(folder, 'precious');
    await writeFolderAtomic(precious, { 'thesis.txt': 'words' }, { kind });
    await expect(writeFolderAtomic(precious, files, { kind, replace: true })).rejects.toThrow(
      /no model.json/,
    );
    expect(await contents(precious)).toEqual(['thesis.txt']);

    await writeFile(join(folder, 'file'), '');
    await expect(checkReplaceable(join(folder, 'file'), { kind, replace: true })).rejects.toThrow(
      /is a file/,
    );
  });

  it('leaves everything as it was when it fails or is aborted', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    await writeFolderAtomic(run, files, { kind });
    const options = { kind, replace: true };
    await expect(writeFolderAtomic(run, files, { ...options, signal: aborted })).rejects.toThrow('stop');
    await expect(writeFolderAtomic(run, { good: 'x', '../evil': 'x' }, options)).rejects.toThrow(
      InvalidArgumentError,
    );
    expect(await contents(folder)).toEqual(['run', 'run/data', 'run/model.json']);
  });

  it('recognizes a folder of its kind by its content, not by a name', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'network');
    await mkdir(run);
    // As in a network that TensorFlow.js saved.
    await writeFile(join(run, 'model.json'), '{"format":"layers-model","modelTopology":{}}');
    await expect(writeFolderAtomic(run, files, { kind, replace: true })).rejects.toThrow(
      /no model.json of Shoal/,
    );
    expect(await contents(folder)).toEqual(['network', 'network/model.json']);
  });

  it('replaces the folder behind a link, and the file behind one', async () => {
    const folder = await temporaryFolder();
    await writeFolderAtomic(join(folder, 'run'), { ...files, old: '' }, { kind });
    await symlink(join(folder, 'run'), join(folder, 'link'));
    await writeFolderAtomic(join(folder, 'link'), files, { kind, replace: true });
    await writeFile(join(folder, 'report.txt'), 'old');
    await symlink('report.txt', join(folder, 'latest.txt'));
    await writeFileAtomic(join(folder, 'latest.txt'), 'new');
    expect(await readFile(join(folder, 'report.txt'), 'utf8')).toBe('new');
    expect(await readlink(join(folder, 'latest.txt'))).toBe('report.txt');
    expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(true);
    expect(await contents(join(folder, 'run'))).toEqual(['data', 'model.json']);
    expect(await readdir(folder)).toEqual(['latest.txt', 'link', 'report.txt', 'run']);
  });

  it('refuses the folder that the process works in, and those around it', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'inner'));
    const before = process.cwd();
    process.chdir(join(folder, 'inner'));
    onTestFinished(() => {
      process.chdir(before);
    });
    for (const path of ['.', join(folder, 'inner')]) {
      await expect(writeFolderAtomic(path, files, { kind })).rejects.toThrow(
        /is the working folder.*inner|run/,
      );
    }
    await writeFile(join(folder, 'model.json'), files['model.json']);
    await expect(writeFolderAtomic('..', files, { kind, replace: true })).rejects.toThrow(/or contains it/);
    expect(await contents(folder)).toEqual(['inner', 'model.json']);
  });
});
