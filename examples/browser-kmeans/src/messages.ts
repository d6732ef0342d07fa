/** The request of the page to its worker. */
export interface Request {
  /** Pictures as an IDX file, plain or gzipped, such as those of Fashion-MNIST; without it, drawn ones. */
  readonly file: File | undefined;
  /** Greatest number of pictures to cluster. */
  readonly count: number;
  readonly clusters: number;
  readonly seed: number;
  /** Take a software GPU too, which is slower than no GPU at all; for tests. */
  readonly allowSoftware: boolean;
}

/** The answers of the worker, in this order; `failed` can come at any time. */
export type Answer =
  | { readonly kind: 'engine'; readonly text: string }
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly message: string };

export interface Result {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly Group[];
  readonly inertiaHistory: readonly number[];
  readonly converged: boolean;
  readonly seconds: number;
}

export interface Group {
  /** Number of pictures. */
  readonly size: number;
  /** The mean picture, `width * height` values from 0 to 1. */
  readonly mean: Float32Array;
  /** The pictures nearest to the mean, side by side: `width * height` values from 0 to 1 each. */
  readonly nearest: readonly Float32Array[];
}
