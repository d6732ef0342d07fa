import { describe, expect, it } from 'vitest';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import type { Progress } from '../progress.ts';
import { Random } from '../random.ts';
import { silhouetteSamples, silhouetteScore, type SilhouetteOptions } from './silhouette.ts';

function randomPoints(rows: number, columns: number): Matrix {
  const random = new Random(53);
  return matrix(
    Float64Array.from({ length: rows * columns }, () => random.normal()),
    rows,
    columns,
  );
}

function distancesOf({ data, rows, columns }: Matrix): Matrix {
  const distances = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      let squared = 0;
      for (let d = 0; d < columns; d++) squared += (data[i * columns + d] - data[j * columns + d]) ** 2;
      distances[i * rows + j] = Math.sqrt(squared);
    }
  }
  return matrix(distances, rows, rows);
}

/** Straight from the definition, point by point. */
function naiveSilhouettes(points: Matrix, labels: readonly number[]): number[] {
  const { data, rows } = distancesOf(points);
  const names = [...new Set(labels)];
  return labels.map((own, i) => {
    const meanTo = (name: number): number => {
      const others = labels.flatMap((label, j) => (label === name && j !== i ? [data[i * rows + j]] : []));
      return others.reduce((sum, distance) => sum + distance, 0) / others.length;
    };
    const a = meanTo(own);
    const b = Math.min(...names.filter((name) => name !== own).map(meanTo));
    return Number.isNaN(a) ? 0 : (b - a) / Math.max(a, b);
  });
}

const line = matrixFromRows([[0], [1], [1], [2], [3], [3]]);
const lineLabels = [0, 1, 1, 1, 2, 2];

describe('silhouetteSamples', () => {
  it('gives a point alone in its cluster 0, and the line by hand', async () => {
    expect(Array.from(await silhouetteSamples(line, lineLabels))).toEqual([0, 0.5, 0.5, 0, 1, 1]);
  });

  it.each([1, 5, 63, 64, 65, 130])('equals the definition when a cluster has %i points', async (size) => {
    const points = randomPoints(size + 70, 3);
    const labels = Array.from({ length: size + 70 }, (_, i) => (i < size ? 4 : 5 + (i % 2)));
    const samples = await silhouetteSamples(points, labels);
    naiveSilhouettes(points, labels).forEach((expected, i) => {
      expect(samples[i]).toBeCloseTo(expected, 12);
    });
  });

  it('reads bytes and floats alike, with their scale', async () => {
    const bytes = Uint8Array.of(0, 10, 10, 20, 30, 30);
    for (const data of [bytes, Float32Array.from(bytes), Float64Array.from(bytes)]) {
      const samples = await silhouetteSamples(matrix(data, 6, 1, 0.1), lineLabels);
      [0, 0.5, 0.5, 0, 1, 1].forEach((expected, i) => {
        expect(samples[i]).toBeCloseTo(expected, 14);
      });
    }
  });

  it('is 0, not NaN, where all points are one place', async () => {
    const samples = await silhouetteSamples(matrix(new Float32Array(8), 4, 2), [0, 0, 1, 1]);
    expect(Array.from(samples)).toEqual([0, 0, 0, 0]);
  });

  it('has the same result from precomputed distances', async () => {
    const points = randomPoints(150, 4);
    const labels = Array.from({ length: 150 }, (_, i) => `c${String(i % 4)}`);
    const expected = await silhouetteSamples(points, labels);
    const actual = await silhouetteSamples(distancesOf(points), labels, { metric: 'precomputed' });
    actual.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 13);
    });
    const sampled = { sampleSize: 60, seed: 3 };
    expect(
      await silhouetteScore(distancesOf(points), labels, { ...sampled, metric: 'precomputed' }),
    ).toBeCloseTo(await silhouetteScore(points, labels, sampled), 13);
  });

  it('rejects precomputed distances that are not square or not 0 from a point to itself', async () => {
    const precomputed: SilhouetteOptions = { metric: 'precomputed' };
    await expect(silhouetteSamples(line, lineLabels, precomputed)).rejects.toThrow(ShapeError);
    await expect(silhouetteScore(line, lineLabels, { ...precomputed, sampleSize: 4 })).rejects.toThrow(
      ShapeError,
    );
    const similarities = matrixFromRows([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    await expect(silhouetteSamples(similarities, [0, 0, 1], precomputed)).rejects.toThrow(DataError);
  });

  it('accepts rounding on the diagonal, up to 100 units of its type as scikit-learn does', async () => {
    const options: SilhouetteOptions = { metric: 'precomputed' };
    const exact = [0, 1, 5, 6, 1, 0, 4, 5, 5, 4, 0, 1, 6, 5, 1, 0];
    const wanted = await silhouetteSamples(matrix(Float64Array.from(exact), 4, 4), [0, 0, 1, 1], options);
    for (const [type, unit] of [
      [Float32Array, 2 ** -23],
      [Float64Array, 2 ** -52],
    ] as const) {
      const diagonal = (units: number): Matrix => {
        const data = exact.map((value, at) => (at % 5 === 0 ? units * unit : value));
        return matrix(type.from(data), 4, 4);
      };
      expect(await silhouetteSamples(diagonal(99), [0, 0, 1, 1], options)).toEqual(wanted);
      expect(await silhouetteSamples(diagonal(-99), [0, 0, 1, 1], options)).toEqual(wanted);
      await expect(silhouetteSamples(diagonal(101), [0, 0, 1, 1], options)).rejects.toThrow(DataError);
    }
    const bytes = matrix(Uint8Array.from(exact).fill(1, 0, 1), 4, 4);
    await expect(silhouetteSamples(bytes, [0, 0, 1, 1], options)).rejects.toThrow(DataError);
  });

  it('needs 2 to points - 1 clusters, one label per point, finite values and a known metric', async () => {
    await expect(silhouetteSamples(line, [1, 1, 1, 1, 1, 1])).rejects.toThrow(DataError);
    await expect(silhouetteSamples(line, [1, 2, 3, 4, 5, 6])).rejects.toThrow(DataError);
    await expect(silhouetteSamples(line, [0, 1])).rejects.toThrow(ShapeError);
    await expect(silhouetteSamples(line, [0, 1, 1, 1, 2, NaN])).rejects.toThrow(DataError);
    const holed = matrixFromRows([[0], [NaN], [1]]);
    await expect(silhouetteSamples(holed, [0, 0, 1])).rejects.toThrow(DataError);
    const vast = matrixFromRows([[0], [1e200], [1]]);
    await expect(silhouetteSamples(vast, [0, 0, 1])).rejects.toThrow('Scale the points down');
    const metric = 'canberra' as 'euclidean';
    await expect(silhouetteSamples(line, lineLabels, { metric })).rejects.toThrow(InvalidArgumentError);
  });
});

describe('silhouetteScore', () => {
  const points = randomPoints(400, 2);
  const labels = Array.from({ length: 400 }, (_, i) => (points.data[2 * i] > 0 ? 1 : 0));

  it('is the mean of the samples; a sample of all points gives it to the last bit', async () => {
    const samples = await silhouetteSamples(points, labels);
    const score = await silhouetteScore(points, labels);
    expect(score).toBeCloseTo(samples.reduce((sum, value) => sum + value, 0) / 400, 14);
    expect(await silhouetteScore(points, labels, { sampleSize: 400, seed: 9 })).toBe(score);
  });

  it('is close when sampled, repeats for a seed and changes with it', async () => {
    const score = await silhouetteScore(points, labels);
    const sampled = await silhouetteScore(points, labels, { sampleSize: 200, seed: 1 });
    expect(Math.abs(sampled - score)).toBeLessThan(0.05);
    expect(await silhouetteScore(points, labels, { sampleSize: 200, seed: 1 })).toBe(sampled);
    expect(await silhouetteScore(points, labels, { sampleSize: 200, seed: 2 })).not.toBe(sampled);
  });

  it('rejects invalid sample sizes, and samples without two clusters', async () => {
    for (const sampleSize of [0, -1, 1.5, 401, NaN]) {
      await expect(silhouetteScore(points, labels, { sampleSize })).rejects.toThrow(InvalidArgumentError);
    }
    await expect(silhouetteScore(points, labels, { sampleSize: 2 })).rejects.toThrow(DataError);
  });

  it('reports progress that rises to its total', async () => {
    const seen: Progress[] = [];
    await silhouetteScore(points, labels, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(1);
    seen.slice(1).forEach((progress, i) => {
      expect(progress.completed).toBeGreaterThan(seen[i].completed);
    });
    expect(seen.at(-1).completed).toBe(seen[0].total);
  });

  it('stops when it is aborted, before the start and in the middle', async () => {
    const reason = new Error('enough');
    await expect(silhouetteScore(points, labels, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const progress: Progress[] = [];
    const onProgress = (step: Progress): void => {
      progress.push(step);
      controller.abort(reason);
    };
    await expect(silhouetteScore(points, labels, { signal: controller.signal, onProgress })).rejects.toBe(
      reason,
    );
    expect(progress).toHaveLength(1);
  });
});
