import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { matrix, type ProgressListener, type Tensor } from '@shoal/core';
import type { LabeledDataset, SplitDataset } from '../dataset.ts';
import { ChecksumError, DatasetUnavailableError, FormatError } from '../errors.ts';
import { readIdx } from '../formats/idx.ts';
import { cacheFolder, candidateFolders } from './data-folders.ts';
import { reasonOf } from '../sources/fetch-pieces.ts';
import { download } from './download.ts';
import { readBytes } from './read-bytes.ts';

/** A file of a published dataset, with its SHA-256 sum in hexadecimal. */
export interface PublishedFile {
  readonly name: string;
  readonly sha256: string;
}

/** A set of byte images that is published as two pairs of IDX files. */
export interface PublishedImages {
  readonly name: string;
  readonly title: string;
  readonly classNames: readonly string[];
  readonly train: { readonly images: PublishedFile; readonly labels: PublishedFile };
  readonly test: { readonly images: PublishedFile; readonly labels: PublishedFile };
  /** Addresses of folders with the files, in order of trial. */
  readonly sources: readonly string[];
}

export interface PublishedImagesOptions {
  /** Folder to look in first, and to download to; by default the user's cache, or `SHOAL_DATA_DIR` for a user without one. */
  readonly dataDir?: string | undefined;
  /** Whether to download missing files (default true). */
  readonly download?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives the progress of downloads, in bytes. */
  readonly onProgress?: ProgressListener | undefined;
  /** Addresses of folders to download from, in order of trial (default: the publisher's). */
  readonly sources?: readonly string[] | undefined;
  /** The cache folder (default: the platform's for the user, if there is one). */
  readonly cacheDir?: string | undefined;
}

/**
 * Finds or downloads the files, checks their sums, and reads them with scale 1 / 255.
 *
 * @throws {ChecksumError} when a found file is damaged
 * @throws {DatasetUnavailableError} when the files are not found and cannot be downloaded
 * @throws the signal's reason when aborted
 */
export async function loadPublishedImages(
  dataset: PublishedImages,
  options: PublishedImagesOptions = {},
): Promise<SplitDataset> {
  const { dataDir, signal, cacheDir = cacheFolder() } = options;
  signal?.throwIfAborted();
  const searched = candidateFolders(dataset.name, dataDir, cacheDir);
  const files = filesOf(dataset);
  const folder =
    searched.find((candidate) => files.every(({ name }) => existsSync(join(candidate, name)))) ??
    (await downloadMissing(dataset, downloadFolder(dataset, dataDir, cacheDir), searched, options));
  const [train, test] = await Promise.all([
    readPart(dataset, 'train', folder, signal),
    readPart(dataset, 'test', folder, signal),
  ]);
  return { name: dataset.name, train, test };
}

function filesOf({ train, test }: PublishedImages): PublishedFile[] {
  return [train.images, train.labels, test.images, test.labels];
}

async function readPart(
  { name, classNames, ...dataset }: PublishedImages,
  part: 'train' | 'test',
  folder: string,
  signal: AbortSignal | undefined,
): Promise<LabeledDataset> {
  const files = dataset[part];
  const [images, labels] = await Promise.all([
    readVerified(files.images, folder, signal),
    readVerified(files.labels, folder, signal),
  ]);
  const [rows = 0, height = 0, width = 0] = images.shape;
  if (
    !(images.data instanceof Uint8Array && labels.data instanceof Uint8Array) ||
    labels.data.length !== rows
  ) {
    throw new FormatError(
      { file: join(folder, files.labels.name) },
      `there are ${labels.data.length} labels for ${rows} images, or they are not bytes.`,
    );
  }
  return {
    name: `${name}/${part}`,
    points: matrix(images.data, rows, height * width, 1 / 255),
    labels: labels.data,
    classNames,
    imageShape: [height, width],
  };
}

async function readVerified(
  { name, sha256 }: PublishedFile,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Tensor> {
  const path = join(folder, name);
  const bytes = await readBytes(path, { signal });
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) throw new ChecksumError(path, sha256, actual);
  return readIdx(bytes, path);
}

/** Where downloads go; undefined for a user without a cache folder. */
function downloadFolder(
  { name }: PublishedImages,
  dataDir: string | undefined,
  cacheDir: string | undefined,
): string | undefined {
  if (dataDir !== undefined) return dataDir;
  if (cacheDir !== undefined) return join(cacheDir, name);
  const named = process.env['SHOAL_DATA_DIR'];
  return named === '' ? undefined : named;
}

/**
 * Downloads the files that are missing in `folder`, each from the first source that delivers it, and returns the
 * folder.
 */
async function downloadMissing(
  dataset: PublishedImages,
  folder: string | undefined,
  searched: readonly string[],
  options: PublishedImagesOptions,
): Promise<string> {
  if (options.download === false) throw unavailable(dataset, searched, 'Downloading was not allowed.', []);
  if (folder === undefined) {
    throw unavailable(
      dataset,
      searched,
      'It cannot be downloaded: this user has no home folder to keep it in.',
      [],
    );
  }
  const { sources = dataset.sources } = options;
  for (const file of filesOf(dataset)) {
    if (existsSync(join(folder, file.name))) continue;
    const failures = await downloadFile(file, folder, sources, options);
    if (failures.length > 0) {
      throw unavailable(dataset, searched, `${file.name} could not be downloaded.`, failures);
    }
  }
  return folder;
}

/** Tries the sources in order; returns why each of them failed, or an empty list when one delivered. */
async function downloadFile(
  { name, sha256 }: PublishedFile,
  folder: string,
  sources: readonly string[],
  { signal, onProgress }: PublishedImagesOptions,
): Promise<Error[]> {
  const failures: Error[] = [];
  for (const source of sources) {
    const url = `${source.replace(/\/$/, '')}/${name}`;
    try {
      await download(url, join(folder, name), { sha256, signal, onProgress });
      return [];
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(
        error instanceof ChecksumError ? error : new Error(`${url}: ${reasonOf(error)}`, { cause: error }),
      );
    }
  }
  return failures;
}

function unavailable(
  { name, title }: PublishedImages,
  searched: readonly string[],
  why: string,
  failures: Error[],
): DatasetUnavailableError {
  const message = [
    `${title} is not on this machine. ${why}`,
    'Looked in:',
    ...searched.map((folder) => `  ${folder}`),
    ...(failures.length > 0 ? ['Tried:', ...failures.map((failure) => `  ${failure.message}`)] : []),
    'Put its four .gz files into one of these folders, or name a folder that holds them, or can be written, by ' +
      '--data-dir (dataDir in a program) or SHOAL_DATA_DIR. The dataset "garments" needs no download.',
  ].join('\n');
  const cause =
    failures.length > 0 ? new AggregateError(failures, 'No source delivered the file.') : undefined;
  return new DatasetUnavailableError(name, searched, message, { cause });
}
