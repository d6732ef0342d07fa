import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { absent } from './absent.ts';
import { HOST, isRunning } from './process-life.ts';

/** Remains of a stopped process beside a file or folder that it was writing. */
export interface Leftover {
  /** The half-written or complete new content. */
  readonly path: string;
  /** The old folder, if it was already moved aside. */
  readonly old: string | undefined;
}

/** How long files of another machine count as in use, in milliseconds. */
const FOREIGN_AGE = 24 * 60 * 60 * 1000;
const SUFFIX = /^\.tmp-([0-9a-f]{6})-(\d+)-[0-9a-f]{8}(-old)?$/;

/**
 * A name beside `target` for the content being written: a rename within one folder is atomic, a move between disks is
 * not. It names the process, so that remains of a killed process can be distinguished from the files of a running one.
 */
export function temporarySibling(target: string): string {
  const random = randomBytes(4).toString('hex');
  return join(dirname(target), `${startOf(target)}.tmp-${HOST}-${process.pid}-${random}`);
}

/** The part of a name beside a target that says which process wrote it. */
export function startOf(target: string): string {
  const name = basename(target);
  // The longest name on a disk, usually 255 bytes, leaves no room for more.
  if (Buffer.byteLength(name) <= 200) return name;
  return `${name.slice(0, 50)}-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/**
 * Remains of ended processes beside a target, newest first.
 *
 * @param owned whether the caller holds the target's lock: then no other process can be replacing it, even if the number of the
 *   process that wrote it is in use again
 */
export async function leftoversOf(target: string, owned: boolean): Promise<Leftover[]> {
  const folder = dirname(target);
  const start = startOf(target);
  const found = new Map<string, { old: string | undefined; time: number; isLeft: boolean }>();
  for (const name of (await readdir(folder).catch(absent)) ?? []) {
    const match = name.startsWith(start) ? SUFFIX.exec(name.slice(start.length)) : null;
    if (match === null) continue;
    const path = join(folder, name);
    const status = await stat(path).catch(absent);
    if (status === undefined) continue;
    const [, host, pid, end = ''] = match;
    const stem = path.slice(0, path.length - end.length);
    const before = found.get(stem);
    found.set(stem, {
      old: end === '' ? before?.old : path,
      time: Math.max(status.mtimeMs, before?.time ?? 0),
      isLeft: host === HOST ? !(await isRunning(Number(pid))) : Date.now() - status.mtimeMs > FOREIGN_AGE,
    });
  }
  return [...found]
    .filter(([, { old, isLeft }]) => isLeft || (owned && old !== undefined))
    .sort(([, a], [, b]) => b.time - a.time)
    .map(([path, { old }]) => ({ path, old }));
}

/** Removes the remains of killed processes beside a file. */
export async function removeLeftovers(target: string): Promise<void> {
  for (const { path } of await leftoversOf(target, false)) await rm(path, { recursive: true, force: true });
}
