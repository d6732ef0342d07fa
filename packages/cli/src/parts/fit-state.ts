import { readFile, rm } from 'node:fs/promises';
import type { FitCheckpoint, ModelState } from '@shoal/core';
import { isJsonObject, parseJson, readSafetensors, writeSafetensors } from '@shoal/data';
import { writeFileAtomic } from '@shoal/data/node';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';

/** Seconds between two states: what a stopped fit may lose. The first is kept at once, because seeds take long. */
const SECONDS = 10;

/** The state of a fit, in a file beside its run folder. */
export interface FitStateFile {
  readonly checkpoint: FitCheckpoint;
  /** Removes the file after the fit. */
  readonly remove: () => Promise<void>;
}

/**
 * Keeps the state of a fit beside its run folder, and finds the one that a stopped fit left there.
 *
 * @param fit what the state belongs to: a description of the points, settings and engine
 * @param resumes whether to go on with it; otherwise the fit starts from the beginning
 * @throws {UsageError} when the state is of another fit
 */
export async function fitStateFile(
  folder: string,
  fit: object,
  resumes: boolean,
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<FitStateFile> {
  const path = `${folder.replace(/[/\\]+$/, '')}.resume`;
  const description = JSON.stringify(fit);
  const bytes = await readFile(path).catch(() => undefined);
  let saved: ModelState | undefined;
  if (bytes === undefined) {
    if (resumes) stderr(`No stopped fit left a state at ${path}, so the fit starts from the beginning.`);
  } else if (resumes) {
    saved = decode(bytes, path, description);
    stderr(`Going on with the stopped fit whose state is in ${path}.`);
  } else {
    stderr(
      `A stopped fit left its state in ${path}; this one starts from the beginning. --resume goes on with it.`,
    );
  }
  let savedAt = -Infinity;
  return {
    checkpoint: {
      saved,
      save: async (state) => {
        if (performance.now() - savedAt < 1000 * SECONDS) return;
        await writeFileAtomic(path, encode(state, description));
        savedAt = performance.now();
      },
    },
    remove: () => rm(path, { force: true }),
  };
}

function encode({ type, settings, tensors }: ModelState, fit: string): Uint8Array {
  return writeSafetensors(tensors, { type, settings: JSON.stringify(settings), fit });
}

function decode(bytes: Uint8Array, path: string, fit: string): ModelState {
  const { tensors, metadata } = readSafetensors(bytes, path);
  const { type = '', settings: text = '', fit: own } = metadata;
  if (own !== fit) {
    throw new UsageError(
      `The state in ${path} is of another fit: its points, options, memory or engine differ. Give the options of that fit, ` +
        'or leave --resume out to start from the beginning.',
    );
  }
  const settings = parseJson(text, path);
  return { type, settings: isJsonObject(settings) ? settings : {}, tensors };
}
