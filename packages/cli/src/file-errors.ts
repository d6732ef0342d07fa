import { UsageError } from './exit-codes.ts';

/** What errors of the file system mean for the typed path. A full disk is not the user's mistake. */
const MISTAKES: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not a valid path: a part of it is a file, not a folder',
  EEXIST: 'is not a valid path: a part of it is a file, not a folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be accessed: permission is denied',
  EPERM: 'may not be accessed: permission is denied',
  EROFS: 'cannot be written: the disk is read-only',
  ENAMETOOLONG: 'has a name that is too long',
  ELOOP: 'is a link that leads back to itself',
  EBUSY: 'is in use, or a mount point',
};

/**
 * Waits for an access to a file or folder and says in words what was wrong with a path.
 *
 * @throws {UsageError} naming the path, when another path would do
 */
export async function accessing<T>(path: string, access: Promise<T>): Promise<T> {
  try {
    return await access;
  } catch (error) {
    const mistake = MISTAKES[(error as NodeJS.ErrnoException).code ?? ''];
    if (mistake === undefined) throw error;
    throw new UsageError(`"${path}" ${mistake}. Give another path.`, { cause: error });
  }
}
