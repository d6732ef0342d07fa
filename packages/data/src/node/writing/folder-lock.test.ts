import { spawnSync } from 'node:child_process';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contents, temporaryFolder } from '../../../test/temporary-folder.ts';
import { FolderBusyError } from '../../errors.ts';
import { lockFolder } from './folder-lock.ts';
import { HOST } from './process-life.ts';

it('has one holder at a time, and leaves nothing', async () => {
  const parent = await temporaryFolder();
  const folder = join(parent, 'run');
  const first = await lockFolder(folder);
  const refused = lockFolder(folder);
  await expect(refused).rejects.toThrow(FolderBusyError);
  await expect(refused).rejects.toThrow(`process ${process.pid}`);
  const second = lockFolder(folder, { patience: 5_000 });
  await first.release();
  await (await second).release();
  await first.release();
  expect(await contents(parent)).toEqual([]);
});

it('lets many wait, and only one in at a time', async () => {
  const folder = join(await temporaryFolder(), 'run');
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const lock = await lockFolder(folder, { patience: 20_000 });
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inside--;
      await lock.release();
    }),
  );
  expect(most).toBe(1);
});

it.each([
  ['a process that has ended', () => ({ host: HOST, pid: spawnSync('true').pid, start: '1', token: 'a' }), 0],
  [
    'a process whose number another process has now',
    () => ({ host: HOST, pid: process.pid, start: '1', token: 'a' }),
    0,
  ],
  ['a machine silent for minutes', () => ({ host: 'ffffff', pid: 1, start: '1', token: 'a' }), 180],
  ['who wrote nothing in it', () => '', 60],
])('takes over the lock of %s', async (_, holder, age) => {
  const parent = await temporaryFolder();
  await writeFile(join(parent, '.run.lock'), JSON.stringify(holder()));
  const then = Date.now() / 1000 - age;
  await utimes(join(parent, '.run.lock'), then, then);
  const lock = await lockFolder(join(parent, 'run'));
  expect(JSON.parse(await readFile(join(parent, '.run.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  await lock.release();
  expect(await contents(parent)).toEqual([]);
});

it('removes the remains of taking over a lock, and fails when a folder is in its place', async () => {
  const parent = await temporaryFolder();
  await writeFile(join(parent, '.run.lock-0123abcd'), '{}');
  await writeFile(join(parent, '.run.lock-of-mine'), '{}');
  await (await lockFolder(join(parent, 'run'))).release();
  expect(await contents(parent)).toEqual(['.run.lock-of-mine']);
  await mkdir(join(parent, '.other.lock'));
  await expect(lockFolder(join(parent, 'other'))).rejects.toThrow(/\.other\.lock" is a folder/);
});

it('does not take the lock of another machine that is alive', async () => {
  const parent = await temporaryFolder();
  await writeFile(
    join(parent, '.run.lock'),
    JSON.stringify({ host: 'ffffff', pid: 1, start: '', token: 'a' }),
  );
  await expect(lockFolder(join(parent, 'run'))).rejects.toThrow(/another process.*remove .*\.run\.lock/);
  expect(await contents(parent)).toEqual(['.run.lock']);
});
