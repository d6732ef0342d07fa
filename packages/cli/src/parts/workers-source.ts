import { resolve } from 'node:path';
import { isDatasetName, READ_OPTION_NAMES } from '@shoal/data';
import { readPartedFile, STANDARD_INPUT } from '@shoal/data/node';
import type { WorkersHost } from '@shoal/workers';
import type { CommandContext } from '../context.ts';
import type { OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { rejectGiven } from '../reject-given.ts';
import { hasRecipeOptions } from '../tables/recipe-options.ts';
import { VERSION } from '../version.ts';
import { defaultMemory } from './memory.ts';
import type { PartedInput, PartedOptions } from './parted-source.ts';
import { redisAddress } from './redis-address.ts';

/** Options of a fit on workers. */
export interface WorkersOptions extends PartedOptions {
  readonly method: string;
  /** The address of Redis; true for the one in the environment. */
  readonly workers?: string | true;
  readonly prefix?: string;
}

/** Parts of all points: enough for some tens of workers, and for what one has to do again for a lost one to be little. */
const PARTS = 64;
/** Points are divided into parts of this share of a memory. */
const SHARE_OF_MEMORY = 32;

/**
 * Checks what can be known before a source is read.
 *
 * @throws {UsageError} when the method cannot be fitted by workers, or there is no address
 */
export function checkWorkers({ method, workers, prefix }: WorkersOptions): void {
  if (workers === undefined) {
    rejectGiven('a fit without --workers', { '--prefix': prefix });
    return;
  }
  redisAddress('--workers', workers);
  if (method === 'kmeans') return;
  throw new UsageError(`--workers fits --method kmeans; got ${method}. Leave --workers out, or use kmeans.`);
}

/**
 * The points of a source in parts that workers read.
 *
 * @param source a file, folder, pattern or address that workers reach, too
 * @throws {UsageError} when it is not one that can be read in parts
 */
export async function workersSource(
  source: string,
  options: WorkersOptions,
  { signal, stderr }: CommandContext,
): Promise<PartedInput> {
  const { memory = defaultMemory(), tensor, scale } = options;
  rejectGiven('a fit on workers, which reads files of arrays', { '--max-bytes': options.maxBytes });
  const foreign = READ_OPTION_NAMES.filter((name) => name !== 'tensor' && options[name] !== undefined);
  const isArray = !isDatasetName(source) && source !== STANDARD_INPUT && foreign.length === 0;
  const shared = isArray ? sharedSource(source) : source;
  const reading = { tensor, scale, signal };
  const whole =
    isArray && !hasRecipeOptions(options)
      ? await readPartedFile(shared, { ...reading, memoryBytes: Infinity })
      : undefined;
  if (whole === undefined) {
    throw new UsageError(
      `${source} cannot be read in parts by workers. Give NPY, IDX or safetensors files that are not packed; ` +
        'shoal fit without --workers takes other sources.',
    );
  }
  const partMemory = (SHARE_OF_MEMORY * whole.bytes) / PARTS;
  const file = (await readPartedFile(shared, { ...reading, memoryBytes: partMemory })) ?? whole;
  const { rows, columns, parts } = file.points;
  stderr(`${file.name}: ${rows.toLocaleString('en')} x ${columns} in ${parts.length} parts for workers.`);
  const openHost = (opened: OpenEngine, context: CommandContext) =>
    openWorkersHost({ ...options, source: shared, partMemory }, file.points, opened, context);
  return { name: file.name, points: file.points, memory, openHost, close: () => Promise.resolve() };
}

interface HostOptions extends WorkersOptions {
  readonly source: string;
  readonly partMemory: number;
}

/** Loads the code for it only now: other commands start sooner without it. */
async function openWorkersHost(
  { workers, prefix, source, tensor, scale, partMemory }: HostOptions,
  { parts, columns }: PartedInput['points'],
  { engine }: OpenEngine,
  { progress, stderr }: CommandContext,
): Promise<WorkersHost> {
  const { WorkersHost } = await import('@shoal/workers');
  return WorkersHost.open({
    url: redisAddress('--workers', workers),
    prefix,
    description: {
      version: VERSION,
      source,
      tensor,
      scale,
      partMemory,
      partRows: parts.map(({ rows }) => rows),
      columns,
      engine: engine.choice,
      arithmetic: engine.info.arithmetic,
    },
    onProgress: progress,
    onNote: stderr,
  });
}

/** As every machine has it. */
function sharedSource(source: string): string {
  return /^https?:\/\//.test(source) ? source : resolve(source);
}
