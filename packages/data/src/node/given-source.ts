import { addAbortSignal } from 'node:stream';
import { isatty } from 'node:tty';
import type { ProgressListener } from '@shoal/core';
import { FormatError } from '../errors.ts';
import type { Source } from '../sources/source.ts';
import { isHttpUrl, urlSource } from '../sources/url-source.ts';
import { STANDARD_INPUT } from './given-files.ts';
import { fileSource } from './read-bytes.ts';

/**
 * What a path, an address, or `-` for the standard input means.
 *
 * @param onProgress of a transfer
 * @throws {FormatError} when the standard input is a terminal
 * @throws the file system's error
 */
export async function givenSource(given: string, onProgress?: ProgressListener): Promise<Source> {
  if (isHttpUrl(given)) return urlSource(given, { onProgress });
  return given === STANDARD_INPUT ? standardInput() : fileSource(given);
}

const INPUT_NAME = 'standard input';

/** Streams that were read: there is nothing left in them. */
const readInputs = new WeakSet<object>();

function standardInput(): Source {
  const name = INPUT_NAME;
  if (isatty(process.stdin.fd)) {
    throw new FormatError(
      { file: name },
      'this is a terminal, not a file. Pipe a file into the command, or give its path.',
    );
  }
  return { name, pieces: inputPieces };
}

async function* inputPieces(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const { stdin } = process;
  if (readInputs.has(stdin)) {
    throw new FormatError(
      { file: INPUT_NAME },
      'it was read already, and can be read only once. Give "-" once, and a file for the rest.',
    );
  }
  readInputs.add(stdin);
  if (signal !== undefined) addAbortSignal(signal, stdin);
  try {
    for await (const piece of stdin) yield piece as Uint8Array;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
