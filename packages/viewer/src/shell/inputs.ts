import type { Matrix, Progress } from '@shoal/core';
import type { ClassesInput } from '../data/classes.ts';
import type { ModelInput } from '../data/cluster-space.ts';
import type { ImagesInput } from '../data/images.ts';
import type { PointsInput } from '../data/points.ts';
import type { HistorySeries } from '../data/types.ts';

/** Bytes, a picture in each row. */
interface PixelMatrix {
  readonly pixels: Matrix;
  readonly width: number;
  readonly height: number;
  readonly points?: Uint32Array | undefined;
}

/** One picture of many tiles of `width` x `height` pixels, row after row. */
export interface SpriteInput {
  /** A picture, or the address of one. */
  readonly sprite: ImageBitmap | HTMLImageElement | string;
  readonly width: number;
  readonly height: number;
  /** The point that each tile shows, ascending; default all of them in their order. */
  readonly points?: Uint32Array | undefined;
}

/** Pictures as a page has them: bytes, a matrix of bytes with a row per picture, or tiles of one large picture. */
export type PicturesInput = ImagesInput | PixelMatrix | SpriteInput;

/** What a page gives from code, piece by piece. */
export interface ViewerInputs {
  readonly points?: PointsInput | undefined;
  readonly labels?: ArrayLike<number> | undefined;
  readonly model?: ModelInput | undefined;
  readonly images?: PicturesInput | undefined;
  readonly classes?: ClassesInput | undefined;
  readonly history?: readonly HistorySeries[] | undefined;
}

/** What work is given, and may be told to stop by. */
export interface WorkContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}
