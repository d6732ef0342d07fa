import { expect, it } from 'vitest';
import { NO_CLUSTER } from '../no-cluster.ts';
import { blobs } from '../testing/datasets.ts';
import { divide } from '../testing/divided-points.ts';
import { scoreParts } from './score-parts.ts';
import { scoreSpread } from './score-spread.ts';
import { silhouetteScore } from './silhouette.ts';

const ROWS = 400;
const { points } = blobs(ROWS, 3, 4, 3, 2);
const parts = divide(points, [1, 130, 399, ROWS], 0);

it.each(['all points', 'noise'])('scores %s in parts with the bits of one piece', async (which) => {
  const labels = Uint32Array.from({ length: ROWS }, (_, i) =>
    which === 'noise' && i % 7 === 0 ? NO_CLUSTER : (i * i) % 4 === 1 ? 5 : 2,
  );
  const options = { sampleSize: 100, seed: 3 };
  expect(await scoreParts(parts, labels, options)).toEqual({
    ...(await scoreSpread(points, labels)),
    silhouette: await silhouetteScore(points, labels, options),
    silhouetteSample: 100,
  });
});

it('refuses labels that do not fit the points, and a single cluster', async () => {
  await expect(scoreParts(parts, new Uint32Array(7))).rejects.toThrow('400 points and 7 labels');
  await expect(scoreParts(parts, new Uint32Array(ROWS))).rejects.toThrow('got 1 for 400 points');
});
