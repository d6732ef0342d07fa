/** How deep columns may be nested. */
const MAX_DEPTH = 32;
/** Rows that a batch may say to have in any case, and how many more for each byte of the file. */
const FREE_ROWS = 2 ** 20;
const ROWS_PER_BYTE = 100;

const MAGIC = 'ARROW1';
const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
/** A type. */
const UNION = 14;

/** The slots of FlatBuffers tables that are used here. */
const SLOT = {
  footer: { schema: 1, dictionaries: 2, batches: 3 },
  message: { type: 1, header: 2, bodyLength: 3 },
  schema: { fields: 1, metadata: 2 },
  field: { name: 0, typeKind: 2, type: 3, children: 5, metadata: 6 },
  union: { types: 1 },
  dictionaryBatch: { data: 1 },
  batch: { nodes: 1, buffers: 2, variadic: 4 },
} as const;

/**
 * Walks over the metadata of an Arrow file or stream before they are read, because a reader makes lists as long as the file
 * says they are, and follows its references wherever they lead.
 *
 * @throws {Error} when the metadata are damaged
 */
export function checkArrow(bytes: Uint8Array): void {
  const reader = new Checker(bytes);
  if (isArrowFile(bytes)) reader.file();
  else reader.stream();
}

function isArrowFile(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, MAGIC.length)) === MAGIC;
}

class Checker {
  readonly #view: DataView;
  readonly #length: number;
  readonly #maxRows: number;
  /** Every field takes some bytes, so that more visits mean that fields are repeated by reference. */
  #visitsLeft: number;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#length = bytes.length;
    this.#maxRows = FREE_ROWS + ROWS_PER_BYTE * bytes.length;
    this.#visitsLeft = 1000 + bytes.length / 8;
  }

  file(): void {
    const end = this.#length - MAGIC.length - 4;
    const length = this.#view.getInt32(end, true);
    if (!(length > 0 && length <= end)) throw new Error('its end is missing');
    const footer = this.#reference(end - length);
    const schema = this.#slot(footer, SLOT.footer.schema);
    if (schema === 0) throw new Error('it has no columns');
    this.#schema(this.#reference(schema));
    for (const slot of [SLOT.footer.dictionaries, SLOT.footer.batches]) {
      for (const block of this.#vector(this.#slot(footer, slot), 24)) this.#message(this.#int64(block));
    }
  }

  stream(): void {
    for (let at: number | undefined = 0; at !== undefined && at + 4 <= this.#length;) at = this.#message(at);
  }

  /** @returns where the next message starts; undefined after the last */
  #message(start: number): number | undefined {
    let at = start;
    let length = this.#view.getInt32(at, true);
    at += 4;
    if (length === -1) {
      if (at + 4 > this.#length) return undefined;
      length = this.#view.getInt32(at, true);
      at += 4;
    }
    if (length === 0) return undefined;
    if (!(length > 0) || at + length > this.#length) throw new Error('a message is cut short');
    const message = this.#reference(at);
    const header = this.#slot(message, SLOT.message.header);
    const bodyLength = this.#slot(message, SLOT.message.bodyLength);
    const body = bodyLength === 0 ? 0 : this.#int64(bodyLength);
    const end = at + length + body;
    if (!(body >= 0) || end > this.#length) throw new Error('a message is cut short');
    if (header !== 0) this.#header(this.#byte(this.#slot(message, SLOT.message.type)), header, body);
    return end;
  }

  #header(type: number, header: number, bodyLength: number): void {
    const table = this.#reference(header);
    if (type === SCHEMA) this.#schema(table);
    else if (type === DICTIONARY_BATCH) {
      this.#batch(this.#reference(this.#slot(table, SLOT.dictionaryBatch.data)), bodyLength);
    } else this.#batch(table, bodyLength);
  }

  #batch(batch: number, bodyLength: number): void {
    for (const node of this.#vector(this.#slot(batch, SLOT.batch.nodes), 16)) {
      const rows = this.#int64(node);
      if (!(rows >= 0 && rows <= this.#maxRows)) {
        throw new Error(`a batch says that it has ${rows} rows, far more than its bytes hold`);
      }
    }
    const buffers = this.#vector(this.#slot(batch, SLOT.batch.buffers), 16);
    for (const buffer of buffers) {
      const start = this.#int64(buffer);
      const length = this.#int64(buffer + 8);
      if (!(start >= 0 && length >= 0 && start + length <= bodyLength))
        throw new Error('a batch is cut short');
    }
    for (const count of this.#vector(this.#slot(batch, SLOT.batch.variadic), 8)) {
      const parts = this.#int64(count);
      if (!(parts >= 0 && parts <= buffers.length)) throw new Error('a batch is cut short');
    }
  }

  #schema(schema: number): void {
    this.#fields(this.#slot(schema, SLOT.schema.fields), 0);
    this.#vector(this.#slot(schema, SLOT.schema.metadata), 4);
  }

  #fields(slot: number, depth: number): void {
    if (depth > MAX_DEPTH) throw new Error(`its columns are nested more than ${MAX_DEPTH} deep`);
    for (const item of this.#vector(slot, 4)) {
      if (this.#visitsLeft-- < 0) throw new Error('its columns refer to each other');
      const field = this.#reference(item);
      this.#text(this.#slot(field, SLOT.field.name));
      this.#vector(this.#slot(field, SLOT.field.metadata), 4);
      this.#type(field);
      this.#fields(this.#slot(field, SLOT.field.children), depth + 1);
    }
  }

  /** A union has a list of numbers. */
  #type(field: number): void {
    const isUnion = this.#byte(this.#slot(field, SLOT.field.typeKind)) === UNION;
    const type = this.#slot(field, SLOT.field.type);
    if (isUnion && type !== 0) this.#vector(this.#slot(this.#reference(type), SLOT.union.types), 4);
  }

  #byte(slot: number): number {
    return slot === 0 ? 0 : this.#view.getUint8(slot);
  }

  #text(slot: number): void {
    if (slot !== 0) this.#vector(slot, 1);
  }

  #reference(at: number): number {
    const target = at + this.#view.getUint32(at, true);
    if (target + 4 > this.#length) throw new Error('a reference leads beyond its end');
    return target;
  }

  /** Where a slot of a table lies; 0 when the table does not have it. */
  #slot(table: number, slot: number): number {
    const slots = table - this.#view.getInt32(table, true);
    const at = 4 + 2 * slot;
    if (at + 2 > this.#view.getUint16(slots, true)) return 0;
    const offset = this.#view.getUint16(slots + at, true);
    return offset === 0 ? 0 : table + offset;
  }

  /** Where the elements of a vector start; none when it is not there. */
  #vector(slot: number, size: number): readonly number[] {
    if (slot === 0) return [];
    const vector = this.#reference(slot);
    const length = this.#view.getUint32(vector, true);
    const start = vector + 4;
    if (start + length * size > this.#length) throw new Error('a list of its metadata is cut short');
    return size === 1 ? [] : Array.from({ length }, (_, i) => start + i * size);
  }

  #int64(at: number): number {
    return Number(this.#view.getBigInt64(at, true));
  }
}
