import type { Pausable } from '@shoal/core/engine-kit';
import { FormatError } from '../errors.ts';
import type { FileFormat } from './format.ts';
import { readArray, type OnBytes } from './json/array-content.ts';
import { readObject } from './json/object-content.ts';
import { readJsonTexts } from './json/read-texts.ts';
import { skipBlanks } from './json/scan.ts';
import { startsLikeJson } from './json/start.ts';
import { TEXT_OPTIONS, type JsonContent } from './json/typed-content.ts';

/** Tables in JSON: a list of objects, an object of lists, or a matrix as a list of lists. */
export const jsonFormat = {
  name: 'json',
  title: 'JSON',
  extensions: ['json'],
  sniff: startsLikeJson,
  options: TEXT_OPTIONS,
  announcedBytes: () => undefined,
  read: (request) => readJsonTexts(request, content),
} as const satisfies FileFormat;

function* content(bytes: Uint8Array, file: string, onBytes: OnBytes): Pausable<JsonContent> {
  const start = skipBlanks(bytes, 0);
  const mark = String.fromCharCode(bytes[start] ?? 0);
  if (mark !== '[' && mark !== '{') {
    const found = start === bytes.length ? 'is empty' : 'starts with neither';
    throw new FormatError(
      { file },
      `not a table in JSON, which is a list ([...]) or an object ({...}): the file ${found}.`,
    );
  }
  const { content, next } =
    mark === '['
      ? yield* readArray(bytes, start + 1, file, onBytes)
      : yield* readObject(bytes, start, file, onBytes);
  const end = skipBlanks(bytes, next);
  if (end === bytes.length) return content;
  throw new FormatError(
    { file },
    `not valid JSON: something follows the first value, at byte ${end + 1}. If each line is a value, call the file .ndjson.`,
  );
}
