import { lstat, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';

/**
 * Says before a long computation whether a file or folder can be written at a path, by making folders of the same names
 * beside it for a moment. Nothing is left behind.
 *
 * @throws {InvalidArgumentError} when the path is empty, a link to what is not there, or a mount point
 * @throws the file system's error: permission is denied, the disk is read-only, a name is too long, a part is a file
 */
export async function checkWritable(path: string): Promise<void> {
  if (path === '') throw new InvalidArgumentError('What is written needs a path; got an empty one.');
  const target = resolve(path);
  const found = await lstat(target).catch(absent);
  if (found?.isSymbolicLink() && !(await stat(target).catch(absent))) {
    throw new InvalidArgumentError(
      `"${path}" is a link to something that is not there. Make what it leads to, or choose another path.`,
    );
  }
  if (found?.isDirectory() && (await isMountPoint(target))) {
    throw new InvalidArgumentError(
      `"${path}" is a mount point, which cannot be replaced. Choose a folder in it: "${join(path, 'run')}".`,
    );
  }
  const names = [basename(target)];
  let parent = dirname(target);
  while (!(await stat(parent).catch(absent))) {
    names.push(basename(parent));
    parent = dirname(parent);
  }
  const probe = await mkdtemp(join(parent, '.shoal-'));
  try {
    // The root of a disk has no name, and is there.
    for (const name of names) if (name !== '') await mkdir(join(probe, name));
  } finally {
    await rm(probe, { recursive: true });
  }
}

/** Whether another disk begins here, or, where the system has a list of mounts, the same one once more. */
async function isMountPoint(folder: string): Promise<boolean> {
  const [own, parent] = await Promise.all([stat(folder), stat(dirname(folder))]);
  if (own.dev !== parent.dev) return true;
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  // The fifth field; it has blanks and the like in octal.
  const points = mounts.split('\n').flatMap((line) => line.split(' ').slice(4, 5));
  return points.some((point) => unescaped(point) === folder);
}

function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
