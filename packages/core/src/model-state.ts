/** Anything JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Element types of a saved tensor. */
export type TensorData = Float32Array | Float64Array | Uint8Array | Uint32Array | Int32Array;

/** A saved array with its shape, row-major. */
export interface Tensor {
  readonly data: TensorData;
  readonly shape: readonly number[];
}

/**
 * A fitted model as plain data: settings go to `model.json`, tensors to safetensors.
 * `type` says which class reads it back.
 */
export interface ModelState {
  readonly type: string;
  readonly settings: Readonly<Record<string, JsonValue>>;
  readonly tensors: Readonly<Record<string, Tensor>>;
}
