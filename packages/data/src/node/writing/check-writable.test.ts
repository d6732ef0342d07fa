import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { contents, temporaryFolder } from '../../../test/temporary-folder.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { writeFolderAtomic } from './atomic-folder.ts';
import { checkWritable } from './check-writable.ts';

describe('checkWritable', () => {
  it('accepts new and existing paths, and leaves nothing', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'there'));
    for (const path of ['there', 'new', 'new/deep/er', 'there/new']) await checkWritable(join(folder, path));
    expect(await contents(folder)).toEqual(['there']);
  });

  it('refuses an empty path, a link without a target and a mount point', async () => {
    const folder = await temporaryFolder();
    await symlink(join(folder, 'gone'), join(folder, 'link'));
    await expect(checkWritable('')).rejects.toThrow(InvalidArgumentError);
    await expect(checkWritable(join(folder, 'link'))).rejects.toThrow(
      /link to something that does not exist/,
    );
    if (process.platform === 'linux') {
      await expect(checkWritable('/proc')).rejects.toThrow(/a mount point.*"\/proc\/run"/);
    }
    expect(await contents(folder)).toEqual(['link']);
  });

  it.each([
    ['x'.repeat(256), 'ENAMETOOLONG'],
    [`new/${'x'.repeat(256)}/run`, 'ENAMETOOLONG'],
    ['file/run', 'ENOTDIR'],
  ])('refuses %s with %s', async (path, code) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(checkWritable(join(folder, path))).rejects.toMatchObject({ code });
    expect(await contents(folder)).toEqual(['file']);
  });
});

it('the longest name that a disk allows can be written', async () => {
  const folder = await temporaryFolder();
  const name = 'x'.repeat(255);
  await checkWritable(join(folder, name));
  const kind = { file: 'a', format: 'test' };
  await writeFolderAtomic(join(folder, name), { a: '{"format":"test"}' }, { kind });
  await writeFolderAtomic(join(folder, name), { a: '{"format":"test"}' }, { kind, replace: true });
  await writeFileAtomic(join(folder, 'ü'.repeat(127)), 'text');
  expect(await contents(folder)).toHaveLength(3);
});
