import { Type, type tableFromIPC } from '@uwdata/flechette';

type Column = ReturnType<typeof tableFromIPC>['children'][number];

/** The values of a column in one batch of rows. */
export type ArrowBatch = Column['data'][number];
export type ArrowType = ArrowBatch['type'];

/** A batch with indices into a dictionary. */
export interface DictionaryBatch {
  readonly dictionary: {
    readonly length: number;
    readonly data: readonly ArrowBatch[];
    at(index: number): unknown;
  };
  key(row: number): number;
}

export function isDictionary(batch: ArrowBatch): batch is ArrowBatch & DictionaryBatch {
  return batch.type.typeId === Type.Dictionary;
}

/** Whether a row of a batch has a value. */
export function isThere(batch: ArrowBatch, row: number): boolean {
  return batch.nullCount === 0 || batch.validity.length === 0 || batch.isValid(row);
}

const NUMBERS: readonly number[] = [
  Type.Int,
  Type.Float,
  Type.Date,
  Type.Time,
  Type.Timestamp,
  Type.Duration,
];
const SEQUENCES: readonly number[] = [Type.Utf8, Type.LargeUtf8, Type.Binary, Type.LargeBinary];
const LISTS: readonly number[] = [Type.List, Type.LargeList, Type.Map];
const VIEWS: readonly number[] = [Type.ListView, Type.LargeListView];

/**
 * Whether a batch has as many values as it says, and its lists only refer to values that are there.
 *
 * @throws {Error} when not
 */
export function checkBatch(batch: ArrowBatch): void {
  const { type, length } = batch;
  const { typeId } = type;
  if (SEQUENCES.includes(typeId)) requireOffsets(batch, batch.values.length);
  else if (LISTS.includes(typeId)) requireOffsets(batch, batch.children[0].length);
  else if (VIEWS.includes(typeId)) requireViews(batch, batch.children[0].length);
  else if (length > roomFor(batch)) throw new Error('a column of a batch is cut short');
  const inner = isDictionary(batch) ? batch.dictionary.data : childrenOf(batch);
  for (const child of inner) checkBatch(child);
}

/** The most rows that the values of a batch are enough for. */
function roomFor(batch: ArrowBatch): number {
  const { type, values } = batch;
  const { typeId } = type;
  if (NUMBERS.includes(typeId) || typeId === Type.Dictionary) return values.length;
  if (typeId === Type.Bool) return values.length * 8;
  if (typeId === Type.Decimal) return (values.byteLength * 8) / type.bitWidth;
  if (typeId === Type.FixedSizeBinary) return type.stride > 0 ? values.length / type.stride : Infinity;
  if (typeId === Type.FixedSizeList)
    return type.stride > 0 ? batch.children[0].length / type.stride : Infinity;
  if (typeId === Type.Struct) {
    return batch.children.reduce((least, child) => Math.min(least, child.length), Infinity);
  }
  return Infinity;
}

/** Types without children leave them out. */
function childrenOf({ children }: { readonly children?: readonly ArrowBatch[] }): readonly ArrowBatch[] {
  return children ?? [];
}

function requireOffsets({ offsets, length }: ArrowBatch, available: number): void {
  let last = 0;
  for (let row = 0; row <= length && offsets.length > 0; row++) {
    const offset = Number(offsets[row]);
    if (!(offset >= last && offset <= available))
      throw new Error('a list of a batch refers to values that are not there');
    last = offset;
  }
  if (length > 0 && offsets.length === 0) throw new Error('a column of a batch is cut short');
}

function requireViews({ offsets, sizes, length }: ArrowBatch, available: number): void {
  for (let row = 0; row < length; row++) {
    const start = Number(offsets[row]);
    const size = Number(sizes[row]);
    if (start >= 0 && size >= 0 && start + size <= available) continue;
    throw new Error('a list of a batch refers to values that are not there');
  }
}
