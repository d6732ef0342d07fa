import { isDatasetName, READ_OPTION_NAMES } from '@shoal/data';
import { readPartedFile, type PartedFile } from '@shoal/data/node';
import type { CommandContext } from '../context.ts';
import type { ComputeOptions } from '../options.ts';
import { hasRecipeOptions } from '../tables/recipe-options.ts';
import { defaultMemory } from './memory.ts';

/** Options that decide whether points are read in parts. */
export interface PartedOptions extends ComputeOptions {
  readonly memory?: number;
}

/** Memory of the command itself and of its threads. */
const OWN_BYTES = 250e6;
/** Labels, and distances to seeds, of each point. */
const BYTES_PER_ROW = 16;
/** Parts that are read, decoded and copied at the same time, as a share of the memory. */
const SHARE_OF_READING = 0.2;
/** Bytes that a fit of points in one piece takes, relative to the points: what was read, and its copy on the engine. */
const WHOLE_SHARE = 2.6;

/**
 * The points of a source in parts, when they are arrays that would take more memory than the command may.
 *
 * @returns undefined when the source is read as a whole
 * @throws the signal's reason when aborted
 */
export async function partedSource(
  source: string,
  options: PartedOptions,
  { signal, stderr }: CommandContext,
): Promise<PartedFile | undefined> {
  const { scale, tensor, engine, memory = defaultMemory() } = options;
  const foreign = READ_OPTION_NAMES.filter((name) => name !== 'tensor' && options[name] !== undefined);
  const computes = engine === 'auto' || engine === 'wasm';
  if (isDatasetName(source) || !computes || foreign.length > 0 || hasRecipeOptions(options)) return undefined;
  if (source === '-' || options.maxBytes !== undefined) return undefined;
  const reading = { memoryBytes: memory, tensor, scale, signal };
  const file = await readPartedFile(source, reading).catch(() => {
    // What is wrong with a file is said where it is read as a whole.
    signal.throwIfAborted();
    return undefined;
  });
  if (file === undefined || WHOLE_SHARE * file.bytes + OWN_BYTES <= memory) return undefined;
  const { rows, columns, parts } = file.points;
  const left = memory * (1 - SHARE_OF_READING) - OWN_BYTES - BYTES_PER_ROW * rows;
  stderr(
    `${file.name}: ${rows.toLocaleString('en')} x ${columns} in ${parts.length} parts, because they take ${inGigabytes(file.bytes)} and the memory is ${inGigabytes(memory)}.`,
  );
  return { ...file, points: { ...file.points, memoryBytes: Math.max(0, left) } };
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(2)} GB`;
}
