import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, ShoalError } from '@shoal/core';
import type { Run } from '@shoal/data';
import { writeRun } from '@shoal/data/node';
import type { CommandContext } from './context.ts';

/** Where a run is, and why it is not where it should be. */
export interface SavedRun {
  readonly folder: string;
  /** Absent where it is in its own folder. */
  readonly moved?: RunMovedError | undefined;
}

interface SaveOptions {
  readonly replace: boolean;
  /** Folders that take the run where its own cannot be written. */
  readonly elsewhere?: readonly string[];
}

/** A run could not be written where it was to be; it is saved elsewhere. */
export class RunMovedError extends ShoalError {
  readonly code = 'RUN_MOVED';
}

/**
 * Writes a finished run. It may have taken hours, so that nothing stops it: where its folder cannot be written, the
 * working folder takes it, or that for temporary files.
 *
 * @throws the first error when no place takes it
 */
export async function saveRun(
  folder: string,
  run: Run,
  options: SaveOptions,
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<SavedRun> {
  try {
    await writeRun(folder, run, { replace: options.replace });
    return { folder };
  } catch (error) {
    const reason = messageOf(error);
    if (error instanceof InvalidArgumentError && Object.keys(run.history).length > 0) {
      // JSON holds no NaN: the model is worth more than its history.
      stderr(`warning: the run is saved without its history: ${reason}`);
      return saveRun(folder, { ...run, metrics: {}, history: {} }, options, { stderr });
    }
    for (const parent of options.elsewhere ?? ['.', tmpdir()]) {
      const rescued = await rescue(parent, run);
      if (rescued === undefined) continue;
      const moved = `"${folder}" could not be written (${reason}). The run is saved in "${rescued}".`;
      return { folder: rescued, moved: new RunMovedError(moved, { cause: error }) };
    }
    throw error;
  }
}

/** The reason of an error, of at most a line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line] = text.split('\n');
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}

async function rescue(parent: string, run: Run): Promise<string | undefined> {
  try {
    // An empty folder of a new name, which a run may replace.
    const folder = await mkdtemp(join(resolve(parent), 'shoal-run-'));
    await writeRun(folder, run);
    return folder;
  } catch {
    return undefined;
  }
}
