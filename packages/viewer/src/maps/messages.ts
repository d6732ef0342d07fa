import type { Matrix } from '@shoal/core';

/** Points for the worker to place. */
export interface MapTask {
  readonly rows: Matrix;
  readonly seed: number;
}

/** Messages from the worker to the page. */
export type FromMapWorker =
  | {
      readonly kind: 'progress';
      readonly phase: string;
      readonly completed: number;
      readonly total: number | undefined;
    }
  | { readonly kind: 'done'; readonly positions: Float32Array }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };
