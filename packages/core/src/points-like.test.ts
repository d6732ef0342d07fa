import { expect, it } from 'vitest';
import { KMeans } from './kmeans/kmeans.ts';
import { kmeans } from './kmeans/cluster-points.ts';
import { GaussianMixture } from './gmm/gaussian-mixture.ts';
import { matrix } from './matrix.ts';
import { silhouetteScore } from './metrics/silhouette.ts';
import { Pca } from './pca/pca.ts';
import { matrixOf, pointsOf, type PointsLike } from './points-like.ts';

const ROWS = [
  [0, 0],
  [0, 1],
  [9, 9],
  [9, 8],
];
const FLAT = Float64Array.from(ROWS.flat());

it('takes rows of numbers, one array with its columns, and a matrix for the same points', async () => {
  const forms: PointsLike[] = [
    ROWS,
    { data: FLAT, columns: 2 },
    { data: [...FLAT], columns: 2 },
    matrix(FLAT, 4, 2),
  ];
  const models = await Promise.all(forms.map((points) => kmeans(points, 2, { seed: 3 })));
  for (const model of models) {
    expect(model.labels).toEqual(models[0].labels);
    expect(model.inertia).toBe(1);
    expect(await model.predict([[8, 8]])).toEqual(await model.predict({ data: [8, 8], columns: 2 }));
    expect(await model.score(ROWS)).toBe(-1);
  }
});

it('does not copy a typed array, keeps float32, and applies a scale', () => {
  const bytes = Uint8Array.of(0, 255, 255, 0);
  expect(matrixOf({ data: bytes, columns: 2, scale: 1 / 255 })).toEqual(matrix(bytes, 2, 2, 1 / 255));
  expect(matrixOf({ data: bytes, columns: 2 }).data).toBe(bytes);
  expect(matrixOf([Float32Array.of(1, 2), Float32Array.of(3, 4)]).data).toEqual(Float32Array.of(1, 2, 3, 4));
  expect(matrixOf([Float32Array.of(1, 2), [3, 4]]).data).toEqual(Float64Array.of(1, 2, 3, 4));
});

it('works with every estimator, model and metric that takes points', async () => {
  const mixture = await new GaussianMixture({ clusters: 2, covarianceType: 'diag', regCovar: 0.1 }).fit(ROWS);
  expect(await mixture.predictProba(ROWS)).toMatchObject({ rows: 4, columns: 2 });
  expect(await mixture.bic(ROWS)).toBe(await mixture.bic(matrixOf(ROWS)));
  const pca = await new Pca({ components: 1 }).fit(ROWS);
  const codes = await pca.transform(ROWS);
  const back = await pca.inverseTransform(Array.from(codes.data, (code) => [code]));
  expect(back.data[0]).toBeCloseTo(0, 0);
  expect(await silhouetteScore(ROWS, mixture.labels)).toBeGreaterThan(0.8);
  expect(await new KMeans({ clusters: 2 }).fitTransform(ROWS)).toMatchObject({ rows: 4, columns: 2 });
});

it('says what is wrong with what it was given, and what to do', () => {
  const wrong = (given: unknown) => () => pointsOf(given as PointsLike);
  expect(wrong([])).toThrow('Points must have at least one row; got an empty array.');
  expect(wrong([1, 2, 3])).toThrow(
    'Points must be rows of numbers, such as [[1, 2], [3, 4]]; row 0 is a number. ' +
      'Values in one array need their number of columns: { data, columns }.',
  );
  expect(wrong([[1, 2], [3]])).toThrow('Row 1 has 1 values but row 0 has 2; rows must be equally long.');
  expect(wrong([[1, 'x']])).toThrow('Row 0 of points must be numbers; value 1 is a string (x).');
  expect(wrong({ data: FLAT, columns: 3 })).toThrow(
    'Points: columns must be a whole number of at least 1 that divides the 8 values; got 3.',
  );
  expect(wrong(FLAT)).toThrow('Points must be rows of numbers, `{ data, columns }`, a matrix');
  expect(wrong(undefined)).toThrow('got undefined');
});

it('goes with given centroids, too', async () => {
  const given = {
    init: [
      [0, 0],
      [9, 9],
    ],
  };
  const { labels } = await kmeans(ROWS, 2, given);
  expect([...labels]).toEqual([0, 0, 1, 1]);
  expect((await kmeans(ROWS, 2, { init: () => given.init })).labels).toEqual(labels);
  const flat = { data: [0, 0, 9, 9], columns: 2 };
  expect((await kmeans(ROWS, 2, { init: flat })).labels).toEqual(labels);
  await expect(kmeans(ROWS, 2, { init: [[0], [9]] })).rejects.toThrow('have 1 columns but the points have 2');
});

it('says what a number of clusters from JavaScript is', async () => {
  const withClusters = (clusters: unknown) => kmeans(ROWS, clusters as number);
  await expect(withClusters('2')).rejects.toThrow('must be a whole number of at least 1; got "2".');
  await expect(withClusters({ clusters: 2 })).rejects.toThrow('; got an Object.');
  await expect(withClusters(2.5)).rejects.toThrow('; got 2.5.');
});
