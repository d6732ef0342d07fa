import type { Matrix, Progress } from '@shoal/core';
import type { ClassesInput } from '../data/classes.ts';
import type { ModelInput } from '../data/cluster-space.ts';
import type { ImagesInput } from '../data/images.ts';
import type { PointsInput } from '../data/points.ts';
import type { HistorySeries } from '../data/types.ts';

/** Bytes, one picture per row. */
interface PixelMatrix {
  readonly pixels: Matrix;
  readonly width: number;
  readonly height: number;
  readonly points?: Uint32Array | undefined;
}

/** One picture of many tiles of `width` x `height` pixels, row after row. */
export interface SpriteInput {
  /** An image, or the address of one. */
  readonly sprite: ImageBitmap | HTMLImageElement | string;
  readonly width: number;
  readonly height: number;
  /** The point of each tile, ascending; default all points in their order. */
  readonly points?: Uint32Array | undefined;
}

/**
 * Pictures in the forms that a page can set: bytes, a matrix of bytes with one row per picture, or tiles of one large
 * picture.
 */
export type PicturesInput = ImagesInput | PixelMatrix | SpriteInput;

/** A table of Apache Arrow, as `apache-arrow` and `@uwdata/flechette` have it. */
interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): Iterable<unknown> | null | undefined;
}

/** Columns by name, one value for each point, or a table of Apache Arrow. */
export type ColumnsInput = Readonly<Record<string, ArrayLike<unknown>>> | ArrowTable;

/** The inputs that a page can set from code. */
export interface ViewerInputs {
  readonly points?: PointsInput | undefined;
  /** Numbers from 0, or words, which then name the clusters. */
  readonly labels?: ArrayLike<number> | ArrayLike<number | string | null> | undefined;
  readonly columnNames?: readonly string[] | undefined;
  readonly columns?: ColumnsInput | undefined;
  readonly ids?: ArrayLike<string | number> | undefined;
  readonly texts?: ArrayLike<string> | undefined;
  readonly classNames?: readonly string[] | undefined;
  readonly model?: ModelInput | undefined;
  readonly images?: PicturesInput | undefined;
  readonly classes?: ClassesInput | undefined;
  readonly history?: readonly HistorySeries[] | undefined;
}

/** Names of all inputs. */
export const INPUT_NAMES = [
  'points',
  'labels',
  'columnNames',
  'columns',
  'ids',
  'texts',
  'classNames',
  'model',
  'images',
  'classes',
  'history',
] as const satisfies readonly (keyof ViewerInputs)[];

/** The progress callback and the abort signal of a task. */
export interface WorkContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}
