import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { tableWriterOf } from '@shoal/data';
import { checkWritable, givenFiles } from '@shoal/data/node';
import { UsageError } from './exit-codes.ts';
import { accessing } from './file-errors.ts';

interface Protected {
  /** A file, or the name of a dataset, that the command reads. */
  readonly source: string;
  /** A run folder that it reads. */
  readonly run?: string | undefined;
}

/**
 * Checks before the work that an NPY file can be written, and does not replace a file that the command reads. Any other
 * file of that name is replaced.
 *
 * @throws {UsageError} when it does not end in .npy, is the input, a file of the run, or nothing can be written there
 * @throws {InvalidArgumentError} when the path is empty, or a link without a target
 */
export async function checkOutputFile(output: string, given: Protected): Promise<void> {
  const target = await checkTarget(output, given);
  if (isNpy(target)) return;
  const what = target === output ? `"${output}"` : `"${output}", which is a link to "${target}"`;
  throw new UsageError(`The file is written as NPY, so its name must end in .npy; got ${what}.`);
}

/**
 * The same for a file of labels, NPY, or a table in any format that is written.
 *
 * @throws {UsageError} when it is the input, a file of the run, or nothing can be written there
 * @throws {InvalidArgumentError} when its ending is not known, the path is empty, or a link without a target
 */
export async function checkResultFile(output: string, given: Protected): Promise<void> {
  const target = await checkTarget(output, given);
  if (!isNpy(target)) tableWriterOf(target);
}

/**
 * The same for a file of rows.
 *
 * @throws like `checkResultFile`, and {InvalidArgumentError} for .npy, which holds no table
 */
export async function checkTableFile(output: string, given: Protected): Promise<void> {
  tableWriterOf(await checkTarget(output, given));
}

/**
 * The same for a file of text, with any name.
 *
 * @throws {UsageError} when it is a file of the run, or nothing can be written there
 */
export async function checkTextFile(output: string, given: Protected): Promise<void> {
  await checkTarget(output, given);
}

export function isNpy(file: string): boolean {
  return file.endsWith('.npy');
}

/** @returns the file that is written: the path, or where it leads as a link */
async function checkTarget(output: string, { source, run }: Protected): Promise<string> {
  await accessing(output, checkWritable(output));
  const target = await realpath(output).catch(() => output);
  for (const file of await inputFiles(source)) {
    if (!(await isSame(output, file))) continue;
    throw new UsageError(`"${output}" is the input file. Give another file to write.`);
  }
  if (run !== undefined && (await isSame(dirname(target), run))) {
    throw new UsageError(`"${output}" is in the run folder "${run}". Give a path outside of it.`);
  }
  return target;
}

/** The files of an input, which may be a folder or a pattern; a command says later what is wrong with it. */
async function inputFiles(source: string): Promise<readonly string[]> {
  return givenFiles(source).catch(() => [source]);
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => stat(path).catch(() => undefined)));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}
