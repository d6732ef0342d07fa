import { createHash } from 'node:crypto';
import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { garments } from './garments.ts';

const sumOf = (bytes: ArrayLike<number>): string =>
  createHash('sha256').update(Uint8Array.from(bytes)).digest('hex').slice(0, 16);

describe('garments', () => {
  it('are images of bytes with labels, every ten of them with each class once', async () => {
    const { train, test } = await garments({ train: 200, test: 25 });
    expect(train).toMatchObject({
      imageShape: [28, 28],
      points: { rows: 200, columns: 784, scale: 1 / 255 },
    });
    expect(train.classNames).toHaveLength(10);
    expect(test.points.rows).toBe(25);
    const labels = Array.from(train.labels);
    for (let start = 0; start < 200; start += 10) {
      expect(labels.slice(start, start + 10).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(labels.slice(0, 10)).not.toEqual(labels.slice(10, 20));
  });

  it('are the same for a seed on every platform', async () => {
    const { train, test } = await garments({ train: 100, test: 100, seed: 1 });
    expect([sumOf(train.labels), sumOf(train.points.data), sumOf(test.points.data)]).toEqual([
      '8545043cc5081fa6',
      '302901f6d725d0ee',
      '8b43c3c162c14601',
    ]);
  });

  it('differ by seed and part, and have the same beginning at every size', async () => {
    const small = await garments({ train: 13, test: 13, seed: 5 });
    const large = await garments({ train: 1040, test: 13, seed: 5 });
    const other = await garments({ train: 13, test: 13, seed: 6 });
    expect(large.train.points.data.subarray(0, 13 * 784)).toEqual(small.train.points.data);
    expect(large.train.labels.subarray(0, 13)).toEqual(small.train.labels);
    expect(other.train.points.data).not.toEqual(small.train.points.data);
    expect(small.test.points.data).not.toEqual(small.train.points.data);
  });

  it('are not too easy and not too hard to classify: the nearest class mean finds most, not all', async () => {
    const { train, test } = await garments({ train: 2000, test: 1000 });
    const means = classMeans(train.points.data, train.labels);
    let right = 0;
    for (let i = 0; i < test.points.rows; i++) {
      const image = test.points.data.subarray(i * 784, (i + 1) * 784);
      if (nearest(means, image) === test.labels[i]) right++;
    }
    expect(right).toBeGreaterThan(650);
    expect(right).toBeLessThan(950);
  });

  it('leave the background black and the garment in the picture', async () => {
    const { points } = (await garments({ train: 500, test: 1 })).train;
    for (let i = 0; i < points.rows; i++) {
      const image = Array.from(points.data.subarray(i * 784, (i + 1) * 784));
      const lit = image.filter((value) => value > 0).length;
      expect(lit).toBeGreaterThan(40);
      expect(lit).toBeLessThan(740);
    }
  });

  it('report progress and stop when aborted', async () => {
    const seen: number[] = [];
    await garments({ train: 1500, test: 10, onProgress: ({ completed }) => seen.push(completed) });
    expect(seen).toEqual([1000, 1500, 1510]);
    const controller = new AbortController();
    const stopped = garments({
      train: 5000,
      signal: controller.signal,
      onProgress: () => {
        controller.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  it.each([{ train: 0 }, { test: 1.5 }, { seed: -1 }])('reject %o', async (options) => {
    await expect(garments(options)).rejects.toThrow(InvalidArgumentError);
  });
});

function classMeans(data: ArrayLike<number>, labels: ArrayLike<number>): Float64Array[] {
  const means = Array.from({ length: 10 }, () => new Float64Array(784));
  const share = 10 / labels.length;
  for (let i = 0; i < labels.length; i++) {
    const mean = means[labels[i]];
    for (let j = 0; j < 784; j++) mean[j] += data[i * 784 + j] * share;
  }
  return means;
}

function nearest(means: readonly Float64Array[], image: ArrayLike<number>): number {
  const distances = means.map((mean) => mean.reduce((sum, value, j) => sum + (value - image[j]) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
}
