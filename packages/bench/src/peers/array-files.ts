import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Matrix, TensorData } from '@shoal/core';
import { readNpy, writeNpy } from '@shoal/data';

/** A temporary folder through which processes exchange arrays. */
export class ArrayFiles {
  readonly #folder: string;
  readonly #written = new Map<object, Promise<string>>();
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<ArrayFiles> {
    return new ArrayFiles(await mkdtemp(join(tmpdir(), 'shoal-bench-')));
  }

  /** The NPY file of a matrix of float32 or bytes, written at its first use. */
  matrix({ data, rows, columns }: Matrix): Promise<string> {
    return this.#write(data, [rows, columns]);
  }

  /** The NPY file of a vector, written at its first use. */
  vector(data: TensorData): Promise<string> {
    return this.#write(data, [data.length]);
  }

  /** A path for a result. */
  result(extension: 'npy' | 'f64'): string {
    return join(this.#folder, `${this.#count++}.${extension}`);
  }

  /** Reads a result, whether an NPY file or bare float64 values. */
  async read(file: string): Promise<Float32Array | Float64Array> {
    const bytes = await readFile(file);
    if (file.endsWith('.f64')) return new Float64Array(new Uint8Array(bytes).buffer);
    const { data } = readNpy(bytes, file);
    return data instanceof Float32Array ? data : Float64Array.from(data);
  }

  /** Removes the folder. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #write(data: TensorData, shape: number[]): Promise<string> {
    let written = this.#written.get(data);
    if (written === undefined) {
      const file = this.result('npy');
      written = writeFile(file, writeNpy({ data, shape })).then(() => file);
      this.#written.set(data, written);
    }
    return written;
  }
}
