import { describe, expect, it } from 'vitest';
import { DataError, InvalidArgumentError } from '../errors.ts';
import { matrix, matrixFromRows } from '../matrix.ts';
import { countWithoutCluster, NO_CLUSTER, writtenLabels } from '../no-cluster.ts';
import { clusteringAccuracy } from './accuracy.ts';
import { adjustedMutualInformation } from './adjusted-mutual-information.ts';
import { adjustedRandIndex } from './adjusted-rand.ts';
import { calinskiHarabaszIndex } from './calinski-harabasz.ts';
import { clusteringReport, scoreClustering } from './clustering-report.ts';
import { alignedConfusionMatrix } from './confusion-matrix.ts';
import { daviesBouldinIndex } from './davies-bouldin.ts';
import { fowlkesMallowsIndex } from './fowlkes-mallows.ts';
import { normalizedMutualInformation } from './normalized-mutual-information.ts';
import { purity } from './purity.ts';
import { scoreSpread } from './score-spread.ts';
import { silhouetteSamples, silhouetteScore } from './silhouette.ts';
import { vMeasure } from './v-measure.ts';

const classes = [0, 0, 0, 0, 1, 1, 1, 1];
/** As in files, as in models, and the same partition with an ordinary label instead. */
const written = [-1, -1, -1, 0, 0, 0, 0, 1];
const inModel = Uint32Array.from(written, (label) => (label < 0 ? NO_CLUSTER : label));
const asCluster = written.map((label) => (label < 0 ? 9 : label));

describe('points without a cluster, against classes', () => {
  it.each([
    ['ARI', adjustedRandIndex],
    ['AMI', adjustedMutualInformation],
    ['NMI', normalizedMutualInformation],
    ['V-measure', vMeasure],
    ['Fowlkes-Mallows', fowlkesMallowsIndex],
    ['purity', purity],
  ])('%s treats them as a label of their own, as scikit-learn does', (_, measure) => {
    expect(measure(classes, written)).toBe(measure(classes, asCluster));
    expect(measure(classes, inModel)).toBe(measure(classes, asCluster));
  });

  it('never count as right in the accuracy, even when many of them share a class', async () => {
    // Class 0 may only have cluster 0 (1 point) or 1 (none); class 1 has 3 points in cluster 0.
    expect(clusteringAccuracy(classes, written)).toBe(3 / 8);
    expect(clusteringAccuracy(classes, inModel)).toBe(3 / 8);
    expect(clusteringAccuracy(classes, asCluster)).toBe(6 / 8);
    expect((await scoreClustering(classes, inModel)).accuracy).toBe(3 / 8);
  });

  it('have a column of their own in the confusion matrix, beside those that classes are matched with', () => {
    const expected = {
      classes: [0, 1],
      clusters: [1, 0, -1],
      counts: [
        [0, 1, 3],
        [1, 3, 0],
      ],
    };
    expect(alignedConfusionMatrix(classes, inModel)).toEqual(expected);
    expect(clusteringReport(classes, written).confusion).toEqual(expected);
  });

  it('leave all classes unmatched when there are no other points', () => {
    expect(alignedConfusionMatrix([0, 1], [-1, -1])).toMatchObject({
      clusters: [null, null, -1],
      counts: [
        [0, 0, 1],
        [0, 0, 1],
      ],
    });
    expect(clusteringAccuracy([0, 1], [-1, -1])).toBe(0);
  });
});

describe('points without a cluster, against the points', () => {
  // The second and the last, far from all others, would change every measure.
  const points = matrixFromRows([[0], [500], [1], [10], [12], [-900]]);
  const labels = [0, -1, 0, 1, 1, NO_CLUSTER];
  const rest = matrixFromRows([[0], [1], [10], [12]]);
  const restLabels = [0, 0, 1, 1];

  it('are left out of Calinski-Harabasz and Davies-Bouldin', async () => {
    const expected = {
      calinskiHarabasz: calinskiHarabaszIndex(rest, restLabels),
      daviesBouldin: daviesBouldinIndex(rest, restLabels),
    };
    expect(calinskiHarabaszIndex(points, labels)).toBe(expected.calinskiHarabasz);
    expect(daviesBouldinIndex(points, labels)).toBe(expected.daviesBouldin);
    expect(await scoreSpread(points, labels)).toEqual(expected);
  });

  it('have no silhouette, and do not change that of other points', async () => {
    const [a, b, c, d] = await silhouetteSamples(rest, restLabels);
    expect(await silhouetteSamples(points, labels)).toEqual(Float64Array.of(a, NaN, b, c, d, NaN));
    expect(await silhouetteScore(points, labels)).toBe(await silhouetteScore(rest, restLabels));
  });

  it('are left out of given distances', async () => {
    const values = Array.from(points.data);
    const distances = values.flatMap((x) => values.map((y) => Math.abs(x - y)));
    const given = matrix(Float64Array.from(distances), 6, 6);
    const options = { metric: 'precomputed' } as const;
    expect(await silhouetteSamples(given, labels, options)).toEqual(await silhouetteSamples(points, labels));
  });

  it('are not drawn into samples', async () => {
    const all = await silhouetteScore(rest, restLabels);
    expect(await silhouetteScore(points, labels, { sampleSize: 4 })).toBe(all);
    await expect(silhouetteScore(points, labels, { sampleSize: 5 })).rejects.toThrow(InvalidArgumentError);
  });

  it('leave nothing to measure when there are no other points', async () => {
    const none = new Int32Array(6).fill(-1);
    await expect(silhouetteScore(points, none)).rejects.toThrow(DataError);
    expect(() => daviesBouldinIndex(points, none)).toThrow(/No point has a cluster/);
  });
});

describe('writtenLabels', () => {
  it('has -1 for points without a cluster, and is the same array without any', () => {
    const whole = Uint32Array.of(0, 2, 1);
    expect(writtenLabels(whole)).toBe(whole);
    const some = Uint32Array.of(0, NO_CLUSTER, 1);
    expect(writtenLabels(some)).toEqual(Int32Array.of(0, -1, 1));
    expect([whole, some, writtenLabels(some)].map(countWithoutCluster)).toEqual([0, 1, 1]);
  });
});
