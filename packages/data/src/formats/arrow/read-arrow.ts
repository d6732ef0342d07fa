import { ShoalError } from '@shoal/core';
import type { Column, Table } from '@shoal/tables';
import { CompressionType, Endianness, setCompressionCodec, tableFromIPC } from '@uwdata/flechette';
import { decompress } from 'fzstd';
import { FormatError } from '../../errors.ts';
import type { ReadRequest } from '../format.ts';
import { shortened } from '../shortened.ts';
import { checkBatch } from './batch.ts';
import { checkArrow } from './check-arrow.ts';
import { columnsOf } from './columns.ts';
import { unpackLz4Frame } from './lz4-frame.ts';

/** Unpacked bytes that are always allowed, and how many times the packed ones they may be beyond that. */
const FREE_BYTES = 2 ** 24;
const MAX_RATIO = 1000;

/** Where values lie is checked for views of 8 bytes. */
const ALIGNMENT = 8;

/** What is read, of types that JavaScript has in more than one form. */
const FORMS = { useBigInt: true, useDate: true, useMap: true } as const;

/**
 * Reads an Arrow file, also called Feather 2, or an Arrow stream.
 *
 * @throws {FormatError} when it is damaged, or has no rows
 * @throws the signal's reason when aborted
 */
export function readArrow({ bytes, file, signal, onProgress }: Omit<ReadRequest, 'options'>): Table {
  signal?.throwIfAborted();
  try {
    const aligned = bytes.byteOffset % ALIGNMENT === 0 ? bytes : new Uint8Array(bytes);
    checkArrow(aligned);
    registerCodecs();
    const { schema, children, numRows: rows } = tableFromIPC(aligned, FORMS);
    if (schema.endianness === Endianness.Big) throw new Error('its numbers are big-endian');
    if (rows === 0) throw new FormatError({ file }, 'this Arrow file has no rows. Give one with rows.');
    const notes: string[] = [];
    const columns = schema.fields.flatMap(({ name, type }, i): readonly Column[] => {
      signal?.throwIfAborted();
      const { data } = children[i];
      data.forEach(checkBatch);
      if (children[i].length !== rows)
        throw new Error(`the column "${name}" has another length than the others`);
      onProgress?.({ phase: 'reading', completed: i, total: children.length });
      return columnsOf({ name, type, rows, parts: data.map((batch) => ({ batch })) }, notes);
    });
    return { name: file, rows, columns, notes };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ShoalError || !(cause instanceof Error)) throw cause;
    throw new FormatError(
      { file },
      `this Arrow file cannot be read: ${shortened(cause.message)}. It is damaged, or of a kind that is not supported; write it again.`,
      { cause },
    );
  }
}

/** The codecs of flechette are global; those of others are replaced by ones that check lengths. */
function registerCodecs(): void {
  const encode = (): never => {
    throw new Error('packed Arrow files are not written');
  };
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: bounded(unpackLz4Frame) });
  const unpackZstd = (packed: Uint8Array, length: number): Uint8Array =>
    decompress(packed, new Uint8Array(length));
  setCompressionCodec(CompressionType.ZSTD, { encode, decode: bounded(unpackZstd) });
}

type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

function bounded(unpack: Unpack): Unpack {
  return (packed, length) => {
    if (!(length >= 0 && length <= FREE_BYTES + MAX_RATIO * packed.length)) {
      throw new Error(`${packed.length} packed bytes say that they unpack to ${length}`);
    }
    const bytes = unpack(packed, length);
    if (bytes.length !== length) throw new Error(`bytes unpack to ${bytes.length} instead of ${length}`);
    return bytes;
  };
}
