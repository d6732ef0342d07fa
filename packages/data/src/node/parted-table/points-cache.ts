import { matrix, type Matrix, type PartMemory, type PointPart } from '@shoal/core';
import type { TemporaryFile } from './temporary-file.ts';

/** How the values of all points are kept. */
type CachedType = 'f32' | 'f64';

const ARRAYS = { f32: Float32Array, f64: Float64Array } as const;

/** Points in a temporary file, one row after the other, as parts that are read from it. */
export class PointsCache {
  readonly parts: PointPart[] = [];
  readonly #file: TemporaryFile;
  readonly #type: CachedType;
  readonly #precision: 'exact' | 'rounds';

  /** @param precision whether values that the type does not hold are refused, or rounded */
  constructor(file: TemporaryFile, type: CachedType, precision: 'exact' | 'rounds') {
    this.#file = file;
    this.#type = type;
    this.#precision = precision;
  }

  /**
   * Adds points as a part.
   *
   * @returns false when a value is refused; then nothing was added
   */
  async add({ data, rows, columns, scale }: Matrix): Promise<boolean> {
    const values = new ARRAYS[this.#type](data.length);
    for (let i = 0; i < data.length; i++) {
      const value = data[i] * scale;
      values[i] = value;
      if (values[i] !== value && this.#precision === 'exact') return false;
    }
    const start = await this.#file.append(bytesOf(values));
    const read = async (first: number, count: number, memory?: PartMemory): Promise<Matrix> => {
      const length = count * columns;
      const bytes = memory?.(length * ARRAYS[this.#type].BYTES_PER_ELEMENT);
      const found = bytes
        ? new ARRAYS[this.#type](bytes.buffer, bytes.byteOffset, length)
        : new ARRAYS[this.#type](length);
      await this.#file.read(bytesOf(found), start + first * columns * found.BYTES_PER_ELEMENT);
      return matrix(found, count, columns);
    };
    this.parts.push({
      rows,
      load: async (signal, memory) => {
        signal?.throwIfAborted();
        return read(0, rows, memory);
      },
      loadRows: async (wanted, signal) => {
        const found = new ARRAYS[this.#type](wanted.length * columns);
        for (const [i, row] of wanted.entries()) {
          signal?.throwIfAborted();
          found.set((await read(row, 1)).data, i * columns);
        }
        return matrix(found, wanted.length, columns);
      },
    });
    return true;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
