import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** This machine, or container, in names of files: 6 hexadecimal digits. */
export const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

/** @returns whether there is a process with this number on this machine */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A killed process that its parent has not collected yet does not write any more.
  return (await statusOf(pid))?.state !== 'Z';
}

/**
 * When a process started, in a unit of the system: process numbers are reused, also by other containers on the same
 * disk.
 *
 * @returns '' when the system does not tell
 */
export async function startOfProcess(pid: number): Promise<string> {
  return (await statusOf(pid))?.start ?? '';
}

/** From Linux's process table; other systems do not have one that can be read. */
async function statusOf(pid: number): Promise<{ state: string; start: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The second field is a name in parentheses, and may contain any characters.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], start: fields[19] };
}
