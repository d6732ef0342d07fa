import { garments, matrix, readIdx, type Matrix } from 'shoal';
import type { Request } from './messages.ts';

/** Pictures with brightness 0 to 1, one a row. */
export interface Images {
  readonly points: Matrix;
  readonly width: number;
  readonly height: number;
}

/**
 * The first pictures of a file, which may be gzipped, or as many drawn ones.
 *
 * @throws {FormatError} when the file is not an IDX file
 */
export async function loadImages({
  file,
  count,
  seed,
}: Pick<Request, 'file' | 'count' | 'seed'>): Promise<Images> {
  if (file === undefined) {
    const { train } = await garments({ train: count, test: 1, seed });
    const [height, width] = train.imageShape ?? [28, 28];
    return { points: train.points, width, height };
  }
  const { data, shape } = await readIdx(new Uint8Array(await file.arrayBuffer()), file.name);
  const [rows, height, width] = shape;
  if (shape.length !== 3 || !(data instanceof Uint8Array)) {
    throw new Error(
      `${file.name} holds ${shape.join(' x ')} values, not pictures of bytes; choose a file like train-images-idx3-ubyte.gz.`,
    );
  }
  const taken = Math.min(count, rows);
  const size = height * width;
  // Bytes stay bytes, on the GPU too.
  return { points: matrix(data.subarray(0, taken * size), taken, size, 1 / 255), width, height };
}
