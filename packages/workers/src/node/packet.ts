import { crc32 } from 'node:zlib';
import type { PartAnswer } from '@shoal/core/parts-kit';
import { WorkersError } from './errors.ts';

/** Types of arrays by their names in a packet. */
const TYPES = { Uint8Array, Uint16Array, Uint32Array, Float32Array, Float64Array, BigInt64Array };
type TypeName = keyof typeof TYPES;

/** Bytes of the checksum and of the length of the header; the values are aligned to 8 bytes. */
const LEAD = 8;
const ALIGNMENT = 8;

/** An array and what is to say about it. */
export interface Packet<Header> {
  readonly header: Header;
  readonly values: PartAnswer;
}

/** An array as bytes: a checksum of all that follows, the length of the header, the header as JSON, the values. */
export function encodePacket(header: object, values: PartAnswer): Buffer {
  const type = values.constructor.name;
  const text = Buffer.from(JSON.stringify({ ...header, type }));
  const start = Math.ceil((LEAD + text.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = Buffer.alloc(start + values.byteLength);
  bytes.writeUInt32LE(text.length, 4);
  bytes.set(text, LEAD);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start);
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  return bytes;
}

/** @throws {WorkersError} when the bytes are damaged */
export function decodePacket<Header extends object>(bytes: Buffer, what: string): Packet<Header> {
  if (bytes.length < LEAD || bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) {
    throw new WorkersError(
      `${what} is damaged in Redis: its checksum is wrong. Does another program write keys with the same prefix?`,
    );
  }
  const length = bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', LEAD, LEAD + length)) as Header & { type: TypeName };
  const start = Math.ceil((LEAD + length) / ALIGNMENT) * ALIGNMENT;
  // A copy, so that it is aligned and owns its memory.
  const { buffer } = Uint8Array.from(bytes.subarray(start));
  return { header, values: new TYPES[header.type](buffer) };
}
