import type { Tensor, TensorData } from '@shoal/core';
import { FormatError } from '@shoal/data/run';

/** The arrays of an untrusted file: the type and the shape of each are checked when it is read. */
export class ViewTensors {
  readonly #tensors: Readonly<Record<string, Tensor>>;
  readonly #file: string;

  constructor(tensors: Readonly<Record<string, Tensor>>, file: string) {
    this.#tensors = tensors;
    this.#file = file;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#tensors, name);
  }

  /** @throws {FormatError} when there is no such array with so many dimensions */
  shape(name: string, dimensions: number): readonly number[] {
    const { shape } = this.#find(name);
    if (shape.length !== dimensions) this.refuse(name, `has ${shape.length} dimensions, not ${dimensions}`);
    return shape;
  }

  float32(name: string, shape: readonly number[]): Float32Array {
    return this.#typed(name, shape, Float32Array);
  }

  float64(name: string, shape: readonly number[]): Float64Array {
    return this.#typed(name, shape, Float64Array);
  }

  uint32(name: string, shape: readonly number[]): Uint32Array {
    return this.#typed(name, shape, Uint32Array);
  }

  int32(name: string, shape: readonly number[]): Int32Array {
    return this.#typed(name, shape, Int32Array);
  }

  bytes(name: string, shape: readonly number[]): Uint8Array {
    return this.#typed(name, shape, Uint8Array);
  }

  /** Numbers from 0 to `bound` - 1, each greater than the one before. */
  ascending(name: string, length: number, bound: number): Uint32Array {
    const values = this.uint32(name, [length]);
    const wrong = values.findIndex((value, i) => value >= bound || (i > 0 && value <= values[i - 1]));
    if (wrong >= 0) {
      this.refuse(name, `is not ascending from 0 to ${bound - 1}: value ${wrong} is ${values[wrong]}`);
    }
    return values;
  }

  /** @throws {FormatError} always */
  refuse(name: string, what: string): never {
    throw new FormatError({ file: this.#file }, `its "${name}" ${what}.`);
  }

  #find(name: string): Tensor {
    if (!this.has(name)) throw new FormatError({ file: this.#file }, `it lacks "${name}".`);
    return this.#tensors[name];
  }

  #typed<T extends TensorData>(name: string, shape: readonly number[], type: new (length: number) => T): T {
    const { data, shape: found } = this.#find(name);
    if (found.join() !== shape.join()) {
      this.refuse(name, `has shape (${found.join(', ')}), where (${shape.join(', ')}) belongs`);
    }
    if (!(data instanceof type)) this.refuse(name, `is a ${data.constructor.name}, not a ${type.name}`);
    return data;
  }
}
