import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ShoalError } from '@shoal/core';

/** The folder of a result, and the reason when it is not its own folder. */
export interface SavedFolder {
  readonly folder: string;
  /** Absent when it is in its own folder. */
  readonly moved?: FolderMovedError | undefined;
}

/** A folder could not be written at its own path; its content is saved elsewhere. */
export class FolderMovedError extends ShoalError {
  readonly code = 'FOLDER_MOVED';
}

/** The result could not be written anywhere. */
class NotSavedError extends ShoalError {
  readonly code = 'NOT_SAVED';
}

/**
 * Writes a result that may have taken hours. When its folder cannot be written, it is written to a new folder in the
 * working folder, or in the folder for temporary files.
 *
 * @param what the folder holds: "run"
 * @param write writes it there, or into a given empty folder
 * @param elsewhere folders to try when its own folder cannot be written
 * @throws {NotSavedError} when it cannot be written anywhere
 */
export async function saveFolder(
  folder: string,
  what: string,
  write: (folder: string) => Promise<void>,
  elsewhere: readonly string[] = ['.', tmpdir()],
): Promise<SavedFolder> {
  try {
    await write(folder);
    return { folder };
  } catch (error) {
    for (const parent of elsewhere) {
      const rescued = await rescue(parent, what, write);
      if (rescued === undefined) continue;
      const moved = `"${folder}" could not be written (${messageOf(error)}). The ${what} is saved in "${rescued}".`;
      return { folder: rescued, moved: new FolderMovedError(moved, { cause: error }) };
    }
    throw new NotSavedError(
      `The ${what} is not saved: "${folder}" could not be written (${messageOf(error)}), nor a folder in ` +
        `${elsewhere.map((parent) => `"${resolve(parent)}"`).join(' or ')}.`,
      { cause: error },
    );
  }
}

/** The reason of an error, in at most one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line] = text.split('\n');
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}

async function rescue(
  parent: string,
  what: string,
  write: (folder: string) => Promise<void>,
): Promise<string | undefined> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(resolve(parent), `shoal-${what}-`));
    await write(folder);
    return folder;
  } catch {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    return undefined;
  }
}
