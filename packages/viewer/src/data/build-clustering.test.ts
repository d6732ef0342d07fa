import {
  GaussianMixture,
  KMeans,
  matrix,
  matrixFromRows,
  Random,
  ShapeError,
  type Matrix,
} from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { buildClustering } from './build-clustering.ts';
import { NO_CLUSTER } from './labels.ts';

/** Three well-separated groups in five columns, of 30, 20 and 10 points. */
function groups(): { points: Matrix; classes: number[] } {
  const random = new Random(3);
  const classes = [30, 20, 10].flatMap((size, k) => new Array<number>(size).fill(k));
  const rows = classes.map((k) =>
    Array.from({ length: 5 }, (_, j) => (j === k ? 10 : 0) + 0.3 * random.normal()),
  );
  return { points: matrixFromRows(rows), classes };
}

describe('buildClustering', () => {
  it('sums up the clusters of a k-means model over all points', async () => {
    const { points, classes } = groups();
    const model = await new KMeans({ clusters: 3 }).fit(points);
    const data = await buildClustering({ points, labels: model.labels, model, classes: { labels: classes } });
    expect(data).toMatchObject({ count: 60, total: 60, clusters: 3, notes: [] });
    expect(data.projection).toBe('the first two principal components');
    const inertia = data.summaries.reduce((sum, summary) => sum + summary.inertia!, 0);
    expect(inertia / model.inertia).toBeCloseTo(1, 6);
    expect(data.summaries.map(({ size }) => size).sort()).toEqual([10, 20, 30]);
    for (const { cluster, nearest, farthest } of data.summaries) {
      const distance = (i: number): number =>
        Array.from(
          { length: 5 },
          (_, j) => (points.data[i * 5 + j] - model.centroids.data[cluster * 5 + j]) ** 2,
        ).reduce((sum, square) => sum + square, 0);
      const members = [...model.labels.keys()].filter((i) => model.labels[i] === cluster);
      const byDistance = members.sort((a, b) => distance(a) - distance(b));
      expect(nearest).toEqual(byDistance.slice(0, 8));
      expect(farthest).toEqual(byDistance.reverse().slice(0, 8));
    }
    // Each cluster is exactly one class.
    expect([...data.classes!.counts].filter((count) => count > 0).sort()).toEqual([10, 20, 30]);
    expect(data.classes!.names).toEqual(['0', '1', '2']);
  });

  it('puts centroids and covariances on the map at the mean and spread of their points', async () => {
    const { points } = groups();
    const mixture = await new GaussianMixture({ clusters: 3, scaling: 'standardize' }).fit(points);
    const data = await buildClustering({ points, labels: mixture.labels, model: mixture });
    const { centroids, covariances, kind } = data.model!;
    expect(kind).toBe('gaussian-mixture');
    expect(data.summaries.map(({ weight }) => weight)).toEqual([...mixture.weights]);
    expect(data.summaries[0].inertia).toBeUndefined();
    for (let k = 0; k < 3; k++) {
      const members = [...mixture.labels.keys()].filter((i) => mixture.labels[i] === k);
      const mean = (read: (i: number) => number): number =>
        members.reduce((sum, i) => sum + read(i), 0) / members.length;
      const x = (i: number): number => data.positions[2 * i] - centroids[2 * k];
      const y = (i: number): number => data.positions[2 * i + 1] - centroids[2 * k + 1];
      // Responsibilities are 0 or 1 here, so the model's moments are those of its members.
      expect(mean(x)).toBeCloseTo(0, 4);
      expect(mean(y)).toBeCloseTo(0, 4);
      expect(covariances![3 * k]).toBeCloseTo(
        mean((i) => x(i) ** 2),
        4,
      );
      expect(covariances![3 * k + 1]).toBeCloseTo(
        mean((i) => x(i) * y(i)),
        4,
      );
      expect(covariances![3 * k + 2]).toBeCloseTo(
        mean((i) => y(i) ** 2),
        4,
      );
    }
  });

  it.each(['tied', 'diag', 'spherical'] as const)(
    'puts %s covariances on the map as full ones',
    async (type) => {
      const { points } = groups();
      const fitted = await new GaussianMixture({ clusters: 2, covarianceType: type }).fit(points);
      const full = new Float64Array(2 * 25);
      for (let k = 0; k < 2; k++) {
        for (let i = 0; i < 5; i++) {
          for (let j = 0; j < 5; j++) {
            const { covariances } = fitted;
            const value =
              type === 'tied'
                ? covariances[i * 5 + j]
                : i !== j
                  ? 0
                  : type === 'diag'
                    ? covariances[k * 5 + i]
                    : covariances[k];
            full[k * 25 + i * 5 + j] = value;
          }
        }
      }
      const { labels, centers } = fitted;
      const asFull = { ...centers, covariances: { type: 'full' as const, values: full } };
      const own = await buildClustering({ points, labels, model: fitted });
      const other = await buildClustering({ points, labels, model: asFull });
      own.model!.covariances!.forEach((value, i) => {
        expect(value).toBeCloseTo(other.model!.covariances![i], 5);
      });
    },
  );

  it('maps the space of the clusters: unit vectors where the metric is cosine', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? i + 1 : 0, i % 2 === 0 ? 0 : i + 1]);
    const points = matrixFromRows(rows);
    const model = await new KMeans({ clusters: 2, metric: 'cosine' }).fit(points);
    const { positions, summaries, projection } = await buildClustering({
      points,
      labels: model.labels,
      model,
    });
    expect(projection).toBe('the two columns');
    for (let i = 0; i < 40; i++)
      expect([...positions.subarray(2 * i, 2 * i + 2)]).toEqual(i % 2 === 0 ? [1, 0] : [0, 1]);
    expect(summaries.map(({ inertia }) => inertia)).toEqual([0, 0]);
  });

  it('finds the plane of most spread, as a PCA of all points does', async () => {
    const random = new Random(1);
    const points = matrix(
      Float32Array.from({ length: 6000 * 4 }, (_, i) => [1, 9, 3, 0.1][i % 4] * random.normal()),
      6000,
      4,
    );
    const { positions } = await buildClustering({ points, labels: new Array<number>(6000).fill(0) });
    const correlation = (column: number, axis: number): number => {
      let [xy, xx, yy] = [0, 0, 0];
      for (let i = 0; i < 6000; i++) {
        const x = points.data[4 * i + column];
        const y = positions[2 * i + axis];
        xy += x * y;
        xx += x * x;
        yy += y * y;
      }
      return Math.abs(xy) / Math.sqrt(xx * yy);
    };
    expect(correlation(1, 0)).toBeGreaterThan(0.99);
    expect(correlation(2, 1)).toBeGreaterThan(0.99);
  });

  it('shows pictures: the mean of each cluster, and bytes as they are', async () => {
    const pixels = Uint8Array.of(0, 10, 20, 30, 100, 110, 120, 131);
    const { summaries, images } = await buildClustering({
      points: { data: pixels, columns: 2, scale: 1 / 255 },
      labels: [0, 0, 1, 1],
      images: { pixels, width: 2, height: 1 },
    });
    expect(summaries.map(({ image }) => [...image!])).toEqual([
      [10, 20],
      [110, 121],
    ]);
    expect([...images!.points]).toEqual([0, 1, 2, 3]);
  });

  it('takes given positions unchanged, and measures distances between them where there are no points', async () => {
    const data = await buildClustering({
      labels: [0, 0, 0, 1],
      positions: [0, 0, 1, 0, 5, 0, 9, 9],
      projection: 'UMAP',
    });
    expect(data.projection).toBe('UMAP');
    expect([...data.model!.centroids]).toEqual([2, 0, 9, 9]);
    expect(data.summaries[0]).toMatchObject({ size: 3, nearest: [1, 0, 2], inertia: undefined });
  });

  it('keeps positions apart that float32 could not distinguish', async () => {
    // 200 trees in a park, by UTM coordinates: within 40 m, to the centimeter.
    const random = new Random(2);
    const steps = Array.from({ length: 200 }, () => [40 * random.uniform(), 40 * random.uniform()]);
    const trees = steps.map(([x, y]) => [500_000 + x, 4_650_000 + y]);
    const labels = steps.map(([x]) => (x < 20 ? 0 : 1));
    for (const data of [
      await buildClustering({ points: trees, labels }),
      await buildClustering({ positions: trees.flat(), labels }),
    ]) {
      const [x0, y0] = data.origin!;
      let moved = 0;
      trees.forEach(([x, y], i) => {
        moved = Math.max(moved, Math.abs(data.positions[2 * i] + x0 - x));
        moved = Math.max(moved, Math.abs(data.positions[2 * i + 1] + y0 - y));
      });
      // Half a step of float32 at 40.
      expect(moved).toBeLessThan(2e-6);
      const means = [0, 1].map((k) => {
        const members = trees.filter((_, i) => labels[i] === k);
        return members.reduce((sum, [x]) => sum + (x - x0) / members.length, 0);
      });
      expect(data.model!.centroids[0]).toBeCloseTo(means[0], 4);
      expect(data.model!.centroids[2]).toBeCloseTo(means[1], 4);
    }
    const times = await buildClustering({
      points: [0, 20, 40].map((ms) => [1.7e12 + ms]),
      labels: [0, 0, 1],
    });
    expect([...times.positions]).toEqual([-20, 0, 0, 0, 20, 0]);
    expect(times.origin).toEqual([1.7e12 + 20, 0]);
  });

  it('leaves points without a position or a cluster as they are, and says so in the notes', async () => {
    const labels = [0, -1, 7.5, NaN, 0, 4e9, 1];
    const data = await buildClustering({
      points: [
        [1, 2],
        [NaN, 0],
        [3, Infinity],
        [4, 4],
        [5, 5],
        [6, 6],
        [7, 7],
      ],
      labels,
      clusters: 2,
    });
    expect([...data.labels]).toEqual([0, ...new Array<number>(3).fill(NO_CLUSTER), 0, NO_CLUSTER, 1]);
    expect([...data.positions].map(Number.isNaN)).toEqual(
      [false, true, true, false, false, false, false].flatMap((broken) => [broken, broken]),
    );
    expect(data.notes).toEqual(['4 points are in no cluster.', '2 points have no place on the map.']);
    expect(data.summaries.map(({ size }) => size)).toEqual([2, 1]);
  });

  it('shows 0, 1, and equal points', async () => {
    expect(await buildClustering({ labels: [], points: [] })).toMatchObject({
      count: 0,
      clusters: 0,
      summaries: [],
    });
    const one = await buildClustering({ labels: [0], points: [[1, 2, 3]] });
    expect([...one.positions]).toEqual([1, 2]);
    const equal = await buildClustering({
      labels: [0, 1, 0],
      points: [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
    });
    expect([...equal.positions].every(Number.isFinite)).toBe(true);
    const line = await buildClustering({ labels: [0, 1], points: [[3], [4]] });
    expect([...line.positions]).toEqual([3, 0, 4, 0]);
  });

  it('numbers classes, and leaves unknown ones out', async () => {
    const named = await buildClustering({
      labels: [0, 1, 1],
      classes: { labels: [1, 5, 0], names: ['a', '<b>'] },
    });
    expect([...named.classes!.labels]).toEqual([1, NO_CLUSTER, 0]);
    expect([...named.classes!.counts]).toEqual([0, 1, 1, 0]);
    const words = await buildClustering({ labels: [0, 0, 0], classes: { labels: [10, 9, 10] } });
    expect(words.classes).toMatchObject({ names: ['9', '10'], labels: Uint32Array.of(1, 0, 1) });
  });

  it.each([
    ['points', { points: [[1, 2]] }, /2 labels but 1 points/],
    ['positions', { positions: [1, 2, 3] }, /2 labels but 1.5 positions/],
    ['classes', { classes: { labels: [1] } }, /2 labels but 1 classes/],
    [
      'column names',
      {
        points: [
          [1, 2],
          [3, 4],
        ],
        columnNames: ['x'],
      },
      /2 columns but 1 names/,
    ],
    [
      'centroids',
      {
        points: [
          [1, 2],
          [3, 4],
        ],
        model: { centroids: [[1]] },
      },
      /1 columns but the points have 2/,
    ],
    ['pixels', { images: { pixels: new Uint8Array(5), width: 2, height: 2 } }, /8 pixels; got 5/],
    ['ragged rows', { points: [[1, 2], [3]] }, /equally long/],
  ])('refuses %s that do not fit', async (_, input, message) => {
    const built = buildClustering({ labels: [0, 1], ...input });
    await expect(built).rejects.toThrow(message);
    await expect(built).rejects.toBeInstanceOf(ShapeError);
  });

  it.each([
    ['labels that are identifiers', { labels: [0, 123456789] }, /one is 123456789/],
    ['half a cluster', { labels: [0], clusters: 1.5 }, /number of clusters .* got 1.5/],
    [
      'another number than the model has',
      { labels: [0], clusters: 3, model: { centroids: [[1]] } },
      /1 clusters, not 3/,
    ],
    ['no centroids', { labels: [0], model: { centroids: [] } }, /at least one centroid/],
    [
      'history that is NaN',
      { labels: [0], history: [{ name: 'inertia', step: 'iteration', values: [1, NaN] }] },
      /iteration 2/,
    ],
    [
      'pictures of no size',
      { labels: [0], images: { pixels: new Uint8Array(), width: 0, height: 2 } },
      /width .* got 0/,
    ],
    [
      'pictures out of order',
      {
        labels: [0, 0],
        images: { pixels: new Uint8Array(2), width: 1, height: 1, points: Uint32Array.of(1, 0) },
      },
      /image 1 is of point 0/,
    ],
    ['no room', { labels: [0], most: 0 }, /at least 1, or Infinity; got 0/],
  ])('refuses %s', async (_, input, message) => {
    await expect(buildClustering(input)).rejects.toThrow(message);
  });

  it('stops when it is told to', async () => {
    const rows = 1_500_000;
    const controller = new AbortController();
    const built = buildClustering({
      points: matrix(new Uint8Array(3 * rows), rows, 3),
      labels: new Uint32Array(rows),
      model: { centroids: [[0, 0, 0]] },
      signal: controller.signal,
      onProgress: () => {
        controller.abort(new Error('enough'));
      },
    });
    await expect(built).rejects.toThrow('enough');
  });
});
