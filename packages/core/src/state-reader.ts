import { DataError, ShoalError } from './errors.ts';
import type { MatrixData } from './matrix.ts';
import type { JsonValue, ModelState, Tensor } from './model-state.ts';

/** Typed access to a saved model, with one kind of error for everything that is missing or of the wrong kind. */
export class StateReader {
  readonly #state: ModelState;

  /** @throws {DataError} when the state belongs to another type of model */
  constructor(state: ModelState, type: string) {
    if (state.type !== type) {
      throw new DataError(
        `This is a saved "${state.type}" model, not "${type}"; load it with its own class.`,
      );
    }
    this.#state = state;
  }

  /** @throws {DataError} when the setting is absent or not a number */
  number(name: string): number {
    const value = this.#setting(name);
    if (typeof value !== 'number') throw this.#broken(name, 'a number');
    return value;
  }

  /** @throws {DataError} when the setting is absent or not a whole number of at least `minimum` */
  wholeNumber(name: string, minimum: number): number {
    const value = this.#setting(name);
    if (!Number.isSafeInteger(value) || (value as number) < minimum) {
      throw this.#broken(name, `a whole number of at least ${minimum}`);
    }
    return value as number;
  }

  /** @throws {DataError} when the setting is absent or not true or false */
  boolean(name: string): boolean {
    const value = this.#setting(name);
    if (typeof value !== 'boolean') throw this.#broken(name, 'true or false');
    return value;
  }

  /** @throws {DataError} when the setting is absent or not one of `choices` */
  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#setting(name);
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.#broken(name, `one of ${choices.join(', ')}`);
    return choice;
  }

  /** @throws {DataError} when the setting is absent or not a list of numbers */
  numbers(name: string): readonly number[] {
    return this.list(name, 'a list of numbers', isNumber);
  }

  /** @throws {DataError} when the setting is absent or not a list of texts */
  strings(name: string): readonly string[] {
    return this.list(name, 'a list of texts', isString);
  }

  /** @throws {DataError} when the setting is absent or not a list of items of that kind, as `expected` calls it */
  list<T extends JsonValue>(
    name: string,
    expected: string,
    isItem: (item: JsonValue) => item is T,
  ): readonly T[] {
    const value = this.#setting(name);
    if (!Array.isArray(value) || !value.every(isItem)) throw this.#broken(name, expected);
    return value;
  }

  /** Whether the setting is there and not null. */
  has(name: string): boolean {
    return (this.#setting(name) ?? null) !== null;
  }

  /** Whether the tensor is there. */
  hasTensor(name: string): boolean {
    return Object.hasOwn(this.#state.tensors, name);
  }

  /**
   * A tensor of real numbers at the precision it was saved with.
   *
   * @param shape expected shape
   * @throws {DataError} when the tensor is absent, has another shape or holds NaN or infinity
   */
  real(name: string, shape: readonly number[]): Float32Array | Float64Array {
    const { data } = this.#tensor(name, shape);
    if (!data.every(Number.isFinite)) throw this.#broken(name, 'a tensor of finite numbers');
    return data instanceof Float32Array ? data : Float64Array.from(data);
  }

  /** The same as float64. */
  float64(name: string, shape: readonly number[]): Float64Array {
    return Float64Array.from(this.real(name, shape));
  }

  /**
   * Elements of a matrix of points, bytes included.
   *
   * @throws {DataError} when the tensor is absent, of another shape or type, or not finite
   */
  elements(name: string, shape: readonly number[]): MatrixData {
    const { data } = this.#tensor(name, shape);
    return data instanceof Uint8Array ? data : this.real(name, shape);
  }

  /**
   * A list of labels, of any length.
   *
   * @param other a value that is allowed too, such as `NO_CLUSTER`
   * @throws {DataError} when the tensor is absent, not a list, or has values that are not whole numbers below `groups`
   */
  labels(name: string, groups: number, other?: number): Uint32Array {
    const { data } = this.#tensor(name, [-1]);
    const labels = Uint32Array.from(data);
    if (!labels.every((label, i) => label === data[i] && (label < groups || label === other))) {
      throw this.#broken(name, `a list of whole numbers from 0 to ${groups - 1}`);
    }
    return labels;
  }

  /**
   * Runs a check on what was read, or makes something from it.
   *
   * @throws {DataError} with the message of the check, when the check throws
   */
  verify<Result>(check: () => Result): Result {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ShoalError)) throw error;
      throw new DataError(`The saved ${this.#state.type} model is damaged: ${error.message}`, {
        cause: error,
      });
    }
  }

  #setting(name: string): JsonValue | undefined {
    return Object.hasOwn(this.#state.settings, name) ? this.#state.settings[name] : undefined;
  }

  /** The tensor, if its shape is as expected; -1 stands for any length. */
  #tensor(name: string, shape: readonly number[]): Tensor {
    const tensor = Object.hasOwn(this.#state.tensors, name) ? this.#state.tensors[name] : undefined;
    const fits =
      tensor?.shape.length === shape.length &&
      shape.every((length, axis) => length === -1 || length === tensor.shape[axis]) &&
      tensor.data.length === tensor.shape.reduce((product, length) => product * length, 1);
    if (!fits) throw this.#broken(name, `a tensor of shape [${shape.join(', ')}]`);
    return tensor;
  }

  #broken(name: string, expected: string): DataError {
    return new DataError(
      `The saved ${this.#state.type} model is damaged: "${name}" should be ${expected}. Save the model again.`,
    );
  }
}

function isNumber(value: JsonValue): value is number {
  return typeof value === 'number';
}

function isString(value: JsonValue): value is string {
  return typeof value === 'string';
}
