import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '../errors.ts';
import { decodeRun, encodeRun, runFiles, type Run } from '../run/run.ts';
import { checkReplaceable, writeFolderAtomic, type FolderFiles } from './atomic.ts';

export interface WriteRunOptions {
  /** Whether a run that is there already may be replaced (default false). */
  readonly replace?: boolean | undefined;
  /** More files for the folder, by name: a report, say. */
  readonly extraFiles?: FolderFiles | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a run folder, complete or not at all; `docs/data-formats.md` describes its files.
 *
 * @throws {FolderExistsError} when the folder is there and `replace` is false, or it is not a run folder
 * @throws {InvalidArgumentError} when a number to be saved as JSON is NaN or infinite
 * @throws the signal's reason when aborted
 */
export async function writeRun(folder: string, run: Run, options: WriteRunOptions = {}): Promise<void> {
  const { replace, extraFiles, signal } = options;
  await writeFolderAtomic(
    folder,
    { ...extraFiles, ...encodeRun(run) },
    { replace, signal, marker: runFiles.model },
  );
}

/**
 * Says before a long computation whether `writeRun` would refuse the folder.
 *
 * @throws {FolderExistsError} when the folder is there and `replace` is false, or it is not a run folder
 */
export async function checkRunFolder(
  folder: string,
  options: Pick<WriteRunOptions, 'replace'> = {},
): Promise<void> {
  await checkReplaceable(folder, { ...options, marker: runFiles.model });
}

/**
 * Reads a run folder back.
 *
 * @throws {FormatError} when a file is missing, malformed, of another version, or does not fit the others
 */
export async function readRun(folder: string): Promise<Run> {
  return decodeRun(async (name) => {
    const path = join(folder, name);
    try {
      return await readFile(path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      throw new FormatError({ file: path }, 'the file is missing, so this is not a complete run folder.', {
        cause,
      });
    }
  }, folder);
}
