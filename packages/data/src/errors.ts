import { ShoalError } from '@shoal/core';

/** Where in a file something is wrong. */
export interface FileLocation {
  /** Name of the file as the caller gave it. */
  readonly file: string;
  /** Line of a text file, counted from 1 as an editor shows it. */
  readonly row?: number | undefined;
  /** Field within the line, counted from 1. */
  readonly column?: number | undefined;
}

/** A file is malformed, truncated, or does not have the format that it claims. */
export class FormatError extends ShoalError implements FileLocation {
  readonly code = 'FORMAT';
  readonly file: string;
  readonly row: number | undefined;
  readonly column: number | undefined;

  constructor(location: FileLocation, message: string, options?: ErrorOptions) {
    const { file, row, column } = location;
    const place = [
      file,
      ...(row === undefined ? [] : [`line ${row}`]),
      ...(column === undefined ? [] : [`column ${column}`]),
    ].join(', ');
    super(`${place}: ${message}`, options);
    this.file = file;
    this.row = row;
    this.column = column;
  }
}

/** A file of a run folder does not exist. */
export class MissingFileError extends FormatError {}

/** A file's SHA-256 sum is not the published one: the file is damaged or is another file. */
export class ChecksumError extends ShoalError {
  readonly code = 'CHECKSUM';
  readonly file: string;
  /** The published sum, in hexadecimal. */
  readonly expected: string;
  /** The actual sum of the file, in hexadecimal. */
  readonly actual: string;

  constructor(file: string, expected: string, actual: string) {
    super(
      `${file} is damaged: its SHA-256 sum is ${actual}, but the published file's is ${expected}. ` +
        'Delete the file and fetch it again.',
    );
    this.file = file;
    this.expected = expected;
    this.actual = actual;
  }
}

/** A file could not be fetched from its address. */
export class DownloadError extends ShoalError {
  readonly code = 'DOWNLOAD';
  readonly url: string;

  constructor(url: string, reason: string, options?: ErrorOptions) {
    super(
      `${url}: ${reason}. Check the address and the network, or download the file and give its path.`,
      options,
    );
    this.url = url;
  }
}

/** Another process is writing a folder, or is computing what it will write there. */
export class FolderBusyError extends ShoalError {
  readonly code = 'FOLDER_BUSY';
  readonly folder: string;

  /** @param pid the other process, when it runs on this machine */
  constructor(folder: string, lock: string, pid: number | undefined) {
    const who = pid === undefined ? 'another process' : `process ${pid}`;
    super(
      `${folder} is being written by ${who}. Wait for it, or choose another folder; if nothing is writing there, ` +
        `remove ${lock}.`,
    );
    this.folder = folder;
  }
}

/** A dataset is not on this machine and could not be downloaded. */
export class DatasetUnavailableError extends ShoalError {
  readonly code = 'DATASET_UNAVAILABLE';
  /** Name of the dataset. */
  readonly dataset: string;
  /** Folders that were searched, in order. */
  readonly searched: readonly string[];

  constructor(dataset: string, searched: readonly string[], message: string, options?: ErrorOptions) {
    super(message, options);
    this.dataset = dataset;
    this.searched = searched;
  }
}

/** A folder to write exists already, and replacing it was not asked for or is not safe. */
export class FolderExistsError extends ShoalError {
  readonly code = 'FOLDER_EXISTS';
  readonly folder: string;

  constructor(folder: string, message: string) {
    super(message);
    this.folder = folder;
  }
}
