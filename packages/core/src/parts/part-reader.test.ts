import { expect, test } from 'vitest';
import { matrix } from '../matrix.ts';
import { PartReader } from './part-reader.ts';
import { partedPoints, type PointPart } from './parted-points.ts';

/** A part of two values, which are written when `release` is called. */
function slowPart(value: number): PointPart & { readonly buffers: ArrayBuffer[]; release: () => void } {
  const buffers: ArrayBuffer[] = [];
  const part = {
    rows: 2,
    buffers,
    release: (): void => undefined,
    load: async (_signal?: AbortSignal, memory = (bytes: number) => new Uint8Array(bytes)) => {
      const { buffer } = memory(8);
      buffers.push(buffer);
      await new Promise<void>((resolve) => {
        part.release = resolve;
      });
      return matrix(new Float32Array(buffer, 0, 2).fill(value), 2, 1);
    },
  };
  return part;
}

test('memory of a part is used again when the next part is read', async () => {
  const parts = [1, 2, 3].map(slowPart);
  const reader = new PartReader(partedPoints(parts, 1), undefined, true);
  const read = async (index: number, next?: number) => {
    const matrixOfPart = reader.read(index, next);
    parts[index].release();
    return [...(await matrixOfPart).data];
  };
  expect(await read(0, 1)).toEqual([1, 1]);
  expect(await read(1, 2)).toEqual([2, 2]);
  expect(await read(2)).toEqual([3, 3]);
  expect(parts[2].buffers).toEqual(parts[0].buffers);
  expect(parts[1].buffers[0]).not.toBe(parts[0].buffers[0]);
});

test('a part that is given up while it is read keeps its memory', async () => {
  const parts = [1, 2, 3, 4].map(slowPart);
  const reader = new PartReader(partedPoints(parts, 1), undefined, true);
  const read = async (index: number, next?: number) => {
    const matrixOfPart = reader.read(index, next);
    parts[index].release();
    return (await matrixOfPart).data;
  };
  await read(0, 1);
  await read(2, 3);
  const last = await read(3);
  parts[1].release();
  await new Promise((resolve) => setImmediate(resolve));
  expect([...last]).toEqual([4, 4]);
  expect(parts[1].buffers).toHaveLength(1);
  expect([parts[2], parts[3]].map(({ buffers }) => buffers[0])).not.toContain(parts[1].buffers[0]);
});
