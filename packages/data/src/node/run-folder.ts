import { join } from 'node:path';
import { MissingFileError } from '../errors.ts';
import { MAX_JSON_BYTES } from '../formats/json.ts';
import { announcedBytes } from '../formats/content.ts';
import { decodeRun, encodeRun, RUN_FILES, RUN_FORMAT, type Run } from '../run/run.ts';
import { readBytes } from './read-bytes.ts';
import { writeFolderAtomic, type FolderFiles } from './writing/atomic-folder.ts';
import { checkReplaceable, type FolderKind } from './writing/folder-kind.ts';
import type { FolderLock } from './writing/folder-lock.ts';
import { recoverFolder } from './writing/recover-folder.ts';

/** A folder that holds a run. */
export const RUN_FOLDER: FolderKind = { file: RUN_FILES.model, format: RUN_FORMAT };

export interface WriteRunOptions {
  /** Whether an existing run may be replaced (default false). */
  readonly replace?: boolean | undefined;
  /** More files for the folder, by name, such as a report. */
  readonly extraFiles?: FolderFiles | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The claim on the folder, from `claimFolder`. Without it, this waits for another writer for up to 10 seconds. */
  readonly lock?: FolderLock | undefined;
}

/**
 * Writes a run folder, complete or not at all; `docs/data-formats.md` describes its files.
 *
 * @throws {FolderExistsError} when the folder exists and `replace` is false, or it is not a run folder
 * @throws {FolderBusyError} when another process is writing it
 * @throws {InvalidArgumentError} when it is the working folder, or a number to be saved as JSON is NaN or infinite
 * @throws the signal's reason when aborted
 */
export async function writeRun(folder: string, run: Run, options: WriteRunOptions = {}): Promise<void> {
  const { extraFiles, ...writing } = options;
  await writeFolderAtomic(folder, { ...extraFiles, ...encodeRun(run) }, { ...writing, kind: RUN_FOLDER });
}

/**
 * Checks before a long computation whether `writeRun` would refuse the folder.
 *
 * @throws {FolderExistsError} when the folder exists and `replace` is false, or it is not a run folder
 */
export async function checkRunFolder(
  folder: string,
  options: Pick<WriteRunOptions, 'replace'> = {},
): Promise<void> {
  await checkReplaceable(folder, { ...options, kind: RUN_FOLDER });
}

export interface ReadRunOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a run folder, also one whose writer was stopped while replacing it; see `recoverFolder`.
 *
 * @throws {FormatError} when a file is missing, malformed, too large, of another version, or does not fit the others
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readRun(folder: string, { signal }: ReadRunOptions = {}): Promise<Run> {
  await recoverFolder(folder, { signal });
  return decodeRun(async (name) => {
    const path = join(folder, name);
    try {
      return await readBytes(path, {
        signal,
        ...(name.endsWith('.json')
          ? { maxBytes: MAX_JSON_BYTES }
          : { maxBytes: Infinity, expected: (head) => announcedBytes(head, path, {}) }),
      });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      throw new MissingFileError(
        { file: path },
        'the file is missing, so this is not a complete run folder.',
        {
          cause,
        },
      );
    }
  }, folder);
}
