import { InvalidArgumentError } from '@shoal/core';
import { DATASET_NAMES, FORMATS } from '@shoal/data';
import type { ArithmeticChoice } from '@shoal/wasm-kernels';
import { Option, type Command } from 'commander';
import { ENGINE_NAMES, type EngineName } from './engines.ts';
import type { InputOptions } from './input.ts';
import { readOptions } from './read-options.ts';

/** Parses a whole number from `min` to `max` for an option. */
export function wholeNumber(name: string, min = 0, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < min || value > max) {
      const range = max < Number.MAX_SAFE_INTEGER ? `from ${min} to ${max}` : `of at least ${min}`;
      throw new InvalidArgumentError(`${name} takes a whole number ${range}; got "${text}".`);
    }
    return value;
  };
}

/**
 * Parses a finite number >= 0 for an option.
 *
 * @param other a word that the option also takes, for the message
 */
export function notNegative(name: string, other?: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
      throw new InvalidArgumentError(
        `${name} takes ${other ? `${other} or ` : ''}a number of at least 0; got "${text}".`,
      );
    }
    return value;
  };
}

/** Parses a finite number > 0 for an option. */
export function positive(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
      throw new InvalidArgumentError(`${name} takes a number above 0; got "${text}".`);
    }
    return value;
  };
}

/** Parses a number from 0 to 1 for an option. */
export function share(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= 0 && value <= 1)) {
      throw new InvalidArgumentError(`${name} takes a number from 0 to 1; got "${text}".`);
    }
    return value;
  };
}

/** The help text for a source of points. */
export const SOURCE_HELP = `${DATASET_NAMES.join(', ')}, or a file: ${FORMATS.map(({ title }) => title).join(', ')}`;

/** Options of commands that compute with points. */
export interface ComputeOptions extends InputOptions {
  readonly engine: EngineName;
  readonly adapter?: string;
  readonly threads?: number;
  readonly arithmetic?: ArithmeticChoice;
  readonly json?: boolean;
}

/** Options that several commands share; commander needs a new object for each command. */
export const commonOptions = {
  engine: () =>
    new Option('--engine <name>', 'the engine that computes').choices([...ENGINE_NAMES]).default('auto'),
  adapter: () => new Option('--adapter <name>', 'GPU by (part of) its name; needed for a software adapter'),
  threads: () =>
    new Option(
      '--threads <n>',
      'threads of --engine wasm (default: one per processor; at most two per processor, or 16)',
    ).argParser(wholeNumber('--threads', 1)),
  arithmetic: () =>
    new Option(
      '--arithmetic <name>',
      'of --engine wasm: fused rounds products and sums once, plain twice; same arithmetic, same bits (default: auto, the fastest)',
    ).choices(['auto', 'fused', 'plain']),
  seed: () =>
    new Option('--seed <n>', 'seed of every random choice').argParser(wholeNumber('--seed')).default(0),
  size: () =>
    new Option('--size <n>', 'garments: how many training images').argParser(wholeNumber('--size', 10)),
  scale: () =>
    new Option('--scale <x>', 'files: factor applied to every value').argParser(positive('--scale')),
  dataDir: () =>
    new Option('--data-dir <folder>', 'folder of the Fashion-MNIST files, or to download them to'),
  noDownload: () => new Option('--no-download', 'never download a dataset'),
  metric: () =>
    new Option(
      '--metric <name>',
      'k-means, HDBSCAN, DBSCAN, agglomerative: how distance is measured',
    ).choices(['euclidean', 'cosine']),
  covarianceType: () =>
    new Option('--covariance-type <type>', 'mixtures: shape of the covariances').choices([
      'full',
      'tied',
      'diag',
      'spherical',
    ]),
  regCovar: () =>
    new Option('--reg-covar <x>', 'mixtures: added to the diagonal of covariances').argParser(
      notNegative('--reg-covar'),
    ),
  json: () => new Option('--json', 'print one JSON object instead of text'),
  maxBytes: () =>
    new Option(
      '--max-bytes <n>',
      'files: greatest number of bytes to read, after unpacking (default: 2147483648, 2 GiB)',
    ).argParser(wholeNumber('--max-bytes', 1)),
  split: (part: 'train' | 'test') =>
    new Option('--split <part>', 'which part of a named dataset').choices(['train', 'test']).default(part),
};

/**
 * Adds the options with which `loadInput` finds and reads points; `--scale` is only for commands that compute with
 * them.
 */
export function addInputOptions(command: Command): Command {
  command
    .addOption(commonOptions.size())
    .addOption(commonOptions.dataDir())
    .addOption(commonOptions.noDownload());
  for (const option of readOptions()) command.addOption(option);
  return command.addOption(commonOptions.maxBytes());
}

/** Adds the options of `ComputeOptions`, without `--json`, which comes last. */
export function addComputeOptions(command: Command): Command {
  return addInputOptions(command)
    .addOption(commonOptions.scale())
    .addOption(commonOptions.engine())
    .addOption(commonOptions.adapter())
    .addOption(commonOptions.threads())
    .addOption(commonOptions.arithmetic());
}
