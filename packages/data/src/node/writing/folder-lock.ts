import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError } from '@shoal/core';
import { FolderBusyError } from '../../errors.ts';
import { absent } from './absent.ts';
import { startOf } from './leftovers.ts';
import { HOST, isRunning, startOfProcess } from './process-life.ts';

/** The right to write a folder, which only one process has at a time. */
export interface FolderLock {
  readonly folder: string;
  release(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for another writer, in milliseconds (default 0). */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly start: string;
  readonly token: string;
}

/**
 * How often a holder shows that it is alive, and after what time without that a holder on another machine counts as
 * gone, in milliseconds.
 */
const BEAT = 20_000;
const FOREIGN_SILENCE = 6 * BEAT;
/** An empty lock counts as being written at this moment, unless it is older than this. */
const WRITING = 5_000;
const PAUSE = 50;

/** Locks of this process: they are removed when it ends without releasing them. */
const held = new Set<string>();
process.on('exit', () => {
  for (const path of held) {
    try {
      unlinkSync(path);
    } catch {
      // Another process removed it already.
    }
  }
});

/**
 * Takes the right to write a folder: a file beside it, `.<name>.lock`, which names the writing process. The lock of a
 * killed process is taken over; a process on another machine, which shares the disk, counts as gone after two minutes
 * without a sign of life.
 *
 * @param folder an absolute path; the folder around it must exist
 * @throws {FolderBusyError} when another process is writing it and does not finish in time
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function lockFolder(
  folder: string,
  { patience = 0, signal }: LockOptions = {},
): Promise<FolderLock> {
  const path = join(dirname(folder), `.${startOf(folder)}.lock`);
  const own = {
    host: HOST,
    pid: process.pid,
    start: await startOfProcess(process.pid),
    token: randomBytes(8).toString('hex'),
  };
  const until = performance.now() + patience;
  for (;;) {
    signal?.throwIfAborted();
    if (await create(path, own)) {
      const lock = new HeldLock(folder, path, own);
      await clearPutAside(path);
      return lock;
    }
    const holder = await readHolder(path);
    if (holder === 'gone') continue;
    if (await isLeft(path, holder)) await putAside(path, holder);
    else if (performance.now() < until) await sleep(PAUSE, undefined, { signal });
    else throw new FolderBusyError(folder, path, holder?.host === HOST ? holder.pid : undefined);
  }
}

class HeldLock implements FolderLock {
  readonly folder: string;
  readonly #path: string;
  readonly #own: Holder;
  readonly #beat: NodeJS.Timeout;
  #isReleased = false;

  constructor(folder: string, path: string, own: Holder) {
    this.folder = folder;
    this.#path = path;
    this.#own = own;
    held.add(path);
    this.#beat = setInterval(() => {
      const now = new Date();
      utimes(path, now, now).catch(() => undefined);
    }, BEAT);
    this.#beat.unref();
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    if (this.#isReleased) return;
    this.#isReleased = true;
    const holder = await readHolder(this.#path);
    // After a long sleep of this process, another one may have taken the lock over.
    if (holder !== 'gone' && holder?.token === this.#own.token) await rm(this.#path, { force: true });
    // Not earlier: when the process ends at this moment, the lock is removed.
    held.delete(this.#path);
  }
}

/** @returns whether the lock was free, so that the caller has it now */
async function create(path: string, own: Holder): Promise<boolean> {
  let file;
  try {
    file = await open(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await file.writeFile(JSON.stringify(own));
  } catch (error) {
    // On a full disk, for example: the lock must not stay behind.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

/** @returns undefined while it has no content yet */
async function readHolder(path: string): Promise<Holder | undefined | 'gone'> {
  let text: string | undefined;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') {
      throw new InvalidArgumentError(
        `"${path}" is a folder, but a lock must be written there. Remove it, or choose another folder to write.`,
      );
    }
    absent(error as NodeJS.ErrnoException);
  }
  if (text === undefined) return 'gone';
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    const { host, pid, start, token } = value ?? {};
    if (typeof host !== 'string' || typeof start !== 'string' || typeof token !== 'string') return undefined;
    return Number.isSafeInteger(pid) ? { host, pid: pid!, start, token } : undefined;
  } catch {
    return undefined;
  }
}

async function isLeft(path: string, holder: Holder | undefined): Promise<boolean> {
  if (holder?.host === HOST) {
    if (!(await isRunning(holder.pid))) return true;
    return (await startOfProcess(holder.pid)) !== holder.start;
  }
  const status = await stat(path).catch(absent);
  const silence = Date.now() - (status?.mtimeMs ?? Date.now());
  return silence > (holder === undefined ? WRITING : FOREIGN_SILENCE);
}

/** Removes the remains of processes that were killed while they took over a lock. */
async function clearPutAside(path: string): Promise<void> {
  const start = `${basename(path)}-`;
  const names = (await readdir(dirname(path)).catch(absent)) ?? [];
  for (const name of names) {
    if (name.startsWith(start) && /^[0-9a-f]{8}$/.test(name.slice(start.length))) {
      await rm(join(dirname(path), name), { force: true });
    }
  }
}

/** Removes a lock that was left behind, but not one that another process has taken over meanwhile. */
async function putAside(path: string, left: Holder | undefined): Promise<void> {
  const aside = `${path}-${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    absent(error as NodeJS.ErrnoException);
    return;
  }
  const moved = await readHolder(aside);
  if (moved !== 'gone' && moved?.token !== left?.token) await rename(aside, path);
  else await rm(aside, { force: true });
}
