import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { tableOf } from '@shoal/tables';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeTableFile } from './write-table-file.ts';

const long = tableOf({ a: Float64Array.from({ length: 100_000 }, (_, i) => i) });

it('writes all pieces of a table, and replaces a file', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'out', 'table.csv');
  await writeTableFile(path, tableOf({ a: [1] }));
  await writeTableFile(path, long);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([100_001, 'a', '99999']);
});

it('leaves nothing behind when it is aborted, or the format is not known', async () => {
  const folder = await temporaryFolder();
  const aborting = new AbortController();
  const onProgress = (): void => {
    aborting.abort(new Error('enough'));
  };
  await expect(
    writeTableFile(join(folder, 'table.csv'), long, { signal: aborting.signal, onProgress }),
  ).rejects.toThrow('enough');
  await expect(writeTableFile(join(folder, 'table.docx'), long)).rejects.toThrow(InvalidArgumentError);
  expect(await readdir(folder)).toEqual([]);
});

it('writes to a device directly', async () => {
  const path = join(await temporaryFolder(), 'device.csv');
  await symlink('/dev/null', path);
  await writeTableFile(path, long);
  expect(await readFile(path, 'utf8')).toBe('');
});
