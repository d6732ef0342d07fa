import { lstat, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { absent } from './absent.ts';
import { removeLeftovers, temporarySibling } from './leftovers.ts';
import { whereItLies } from './where-it-lies.ts';

/**
 * Checks before a long computation whether a file or folder can be written at a path, by making folders of the same names
 * beside it for a moment. Nothing is left behind.
 *
 * @throws {InvalidArgumentError} when the path is empty, a link to something that does not exist, or a mount point
 * @throws the file system's error: permission is denied, the disk is read-only, a name is too long, a part is a file
 */
export async function checkWritable(path: string): Promise<void> {
  if (path === '') throw new InvalidArgumentError('An output needs a path; got an empty one.');
  const link = await lstat(path).catch(absent);
  if (link?.isSymbolicLink() && !(await stat(path).catch(absent))) {
    throw new InvalidArgumentError(
      `"${path}" is a link to something that does not exist. Create its target, or choose another path.`,
    );
  }
  const target = await whereItLies(path);
  const found = await stat(target).catch(absent);
  if (found?.isDirectory() && (await isMountPoint(target))) {
    throw new InvalidArgumentError(
      `"${path}" is a mount point, which cannot be replaced. Choose a folder in it: "${join(path, 'run')}".`,
    );
  }
  // A device or a pipe is written directly, without a temporary file beside it.
  if (found && !found.isFile() && !found.isDirectory()) return;
  const names: string[] = [];
  let top = target;
  while (!(await stat(dirname(top)).catch(absent))) {
    names.push(basename(top));
    top = dirname(top);
  }
  names.push(basename(top));
  await removeLeftovers(top);
  const probe = temporarySibling(top);
  await mkdir(probe);
  try {
    // The root of a disk has no name, and always exists.
    for (const name of names) if (name !== '') await mkdir(join(probe, name));
  } finally {
    await rm(probe, { recursive: true });
  }
}

/** Whether a disk is mounted here, by its device number or by the system's list of mounts. */
async function isMountPoint(folder: string): Promise<boolean> {
  const [own, parent] = await Promise.all([stat(folder), stat(dirname(folder))]);
  if (own.dev !== parent.dev) return true;
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  // The fifth field, in which blanks and other special characters are written in octal.
  const points = mounts.split('\n').flatMap((line) => line.split(' ').slice(4, 5));
  return points.some((point) => unescaped(point) === folder);
}

function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
