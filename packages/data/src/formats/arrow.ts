import { FormatError } from '../errors.ts';
import type { FileFormat } from './format.ts';

export const arrowFormat = {
  name: 'arrow',
  title: 'Arrow',
  extensions: ['arrow', 'arrows', 'feather', 'ipc'],
  sniff: (head) => isArrowFile(head) || isArrowStream(head) || isFeather1(head),
  options: [],
  announcedBytes: () => undefined,
  read: async (request) => {
    if (isFeather1(request.bytes)) {
      throw new FormatError(
        { file: request.file },
        'this is a file of Feather 1, which is not read. Write it as Feather 2, which is Arrow (pyarrow.feather.write_feather(table, path)), or as Parquet.',
      );
    }
    const { readArrow } = await import('./arrow/read-arrow.ts');
    return readArrow(request);
  },
  openPieces: async (request) => {
    const { openArrowPieces } = await import('./arrow/arrow-pieces.ts');
    return openArrowPieces(request);
  },
} as const satisfies FileFormat;

function startsWith(head: Uint8Array, text: string): boolean {
  return Array.from(text, (character) => character.charCodeAt(0)).every((code, i) => head[i] === code);
}

function isArrowFile(head: Uint8Array): boolean {
  return startsWith(head, 'ARROW1');
}

function isFeather1(head: Uint8Array): boolean {
  return startsWith(head, 'FEA1');
}

/** The mark of a message, then the length of its metadata, which is small. */
function isArrowStream(head: Uint8Array): boolean {
  if (head.length < 8 || !head.subarray(0, 4).every((byte) => byte === 255)) return false;
  const length = new DataView(head.buffer, head.byteOffset + 4, 4).getUint32(0, true);
  return length > 0 && length % 8 === 0 && length < 2 ** 24;
}
