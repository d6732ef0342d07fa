import { describe, expect, it } from 'vitest';
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  calinskiHarabaszIndex,
  clusteringAccuracy,
  clusteringReport,
  completeness,
  contingencyFromCounts,
  contingencyTable,
  daviesBouldinIndex,
  expectedMutualInformation,
  fowlkesMallowsIndex,
  homogeneity,
  linearSumAssignment,
  matrix,
  matrixFromRows,
  mutualInformation,
  normalizedMutualInformation,
  pairConfusionMatrix,
  purity,
  randIndex,
  silhouetteSamples,
  silhouetteScore,
  vMeasure,
  type EntropyAverage,
  type Matrix,
} from '../src/index.ts';
import fixture from './fixtures/metrics.json' with { type: 'json' };
import { minimalStandard } from './minimal-standard.ts';

const AVERAGES: readonly EntropyAverage[] = ['arithmetic', 'geometric', 'min', 'max'];

interface LabelFormula {
  readonly n: number;
  readonly classes: number;
  readonly clusters: number;
  readonly agreement: number;
  readonly seed: number;
}

function formulaLabels(formula: LabelFormula): { classes: Uint32Array; clusters: Uint32Array } {
  const draw = minimalStandard(formula.seed);
  const classes = new Uint32Array(formula.n);
  const clusters = new Uint32Array(formula.n);
  for (let i = 0; i < formula.n; i++) {
    classes[i] = draw() % formula.classes;
    const keeps = draw() % 100 < formula.agreement;
    const other = draw() % formula.clusters;
    clusters[i] = keeps ? classes[i] % formula.clusters : other;
  }
  return { classes, clusters };
}

/** Equal within `tolerance`, relative for values above 1 and absolute below. */
function expectClose(actual: number, expected: number, tolerance = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}

describe('measures of two partitions equal scikit-learn', () => {
  it.each(fixture.partitions)('$name', (example) => {
    const { classes, clusters } = example.formula
      ? formulaLabels(example.formula)
      : { classes: example.classes, clusters: example.clusters };
    const table = contingencyTable(classes, clusters);
    const { scores } = example;

    expectClose(clusteringAccuracy.fromContingency(table), scores.accuracy);
    expectClose(purity.fromContingency(table), scores.purity);
    expectClose(randIndex.fromContingency(table), scores.rand);
    expectClose(adjustedRandIndex.fromContingency(table), scores.ari);
    expectClose(fowlkesMallowsIndex.fromContingency(table), scores.fowlkesMallows);
    expectClose(mutualInformation.fromContingency(table), scores.mutualInformation);
    // Absolute: from 75,000 points on scikit-learn's log-gammas are themselves off by about 1e-10 relative.
    expectClose(expectedMutualInformation.fromContingency(table), scores.expectedMutualInformation);
    expectClose(homogeneity.fromContingency(table), scores.homogeneity);
    expectClose(completeness.fromContingency(table), scores.completeness);
    expectClose(vMeasure.fromContingency(table), scores.vMeasure);
    expectClose(vMeasure.fromContingency(table, { beta: 2 }), scores.vMeasureBeta2);
    expectClose(vMeasure.fromContingency(table, { beta: 0.5 }), scores.vMeasureBetaHalf);
    for (const average of AVERAGES) {
      expectClose(normalizedMutualInformation.fromContingency(table, { average }), scores.nmi[average]);
      expectClose(adjustedMutualInformation.fromContingency(table, { average }), scores.ami[average]);
    }
    expect(pairConfusionMatrix.fromContingency(table)).toEqual(scores.pairConfusion);
  });

  it('carries pair counts past 2^53', () => {
    const table = contingencyFromCounts(fixture.huge.table);
    expectClose(adjustedRandIndex.fromContingency(table), fixture.huge.ari);
    expectClose(randIndex.fromContingency(table), fixture.huge.rand);
    expectClose(fowlkesMallowsIndex.fromContingency(table), fixture.huge.fowlkesMallows);
  });
});

describe('Fashion-MNIST test matrices of the original report', () => {
  const pixelsKMeans = contingencyFromCounts([
    [94, 34, 244, 6, 0, 5, 587, 1, 0, 29],
    [22, 9, 29, 0, 0, 0, 50, 0, 0, 890],
    [61, 566, 342, 4, 0, 4, 19, 0, 0, 4],
    [94, 10, 112, 2, 0, 3, 276, 0, 0, 503],
    [42, 627, 159, 4, 0, 5, 136, 0, 0, 27],
    [650, 0, 6, 0, 72, 0, 0, 227, 45, 0],
    [115, 311, 358, 15, 0, 0, 189, 0, 0, 12],
    [62, 0, 0, 0, 152, 0, 0, 784, 2, 0],
    [84, 61, 35, 353, 10, 408, 3, 39, 1, 6],
    [29, 0, 4, 0, 519, 2, 0, 23, 423, 0],
  ]);
  const codeMixture = contingencyFromCounts([
    [75, 0, 0, 4, 2, 37, 13, 788, 19, 62],
    [77, 0, 0, 0, 0, 853, 1, 44, 9, 16],
    [12, 0, 0, 5, 1, 9, 2, 34, 51, 886],
    [178, 0, 0, 3, 1, 566, 1, 191, 22, 38],
    [25, 0, 0, 12, 0, 71, 4, 89, 100, 699],
    [1, 229, 379, 3, 157, 1, 227, 0, 3, 0],
    [36, 0, 0, 15, 1, 51, 7, 289, 52, 549],
    [0, 62, 721, 0, 0, 0, 217, 0, 0, 0],
    [121, 1, 3, 547, 6, 3, 250, 5, 18, 46],
    [0, 832, 6, 0, 43, 0, 111, 0, 8, 0],
  ]);

  it('give the figures the report calls accuracy: geometric normalized mutual information', () => {
    const kmeans = clusteringReport.fromContingency(pixelsKMeans);
    const mixture = clusteringReport.fromContingency(codeMixture);
    expectClose(kmeans.nmi.geometric / 0.5128135461974378, 1, 1e-15);
    expectClose(mixture.nmi.geometric / 0.5322101204777998, 1, 1e-15);
    expectClose(kmeans.nmi.arithmetic / 0.5126806906118427, 1, 1e-15);
    expectClose(mixture.nmi.arithmetic / 0.5317002422174467, 1, 1e-15);
  });

  it('give their accuracy, purity and adjusted Rand index', () => {
    const kmeans = clusteringReport.fromContingency(pixelsKMeans);
    const mixture = clusteringReport.fromContingency(codeMixture);
    expect(kmeans).toMatchObject({ accuracy: 0.4827, purity: 0.5599 });
    expect(mixture).toMatchObject({ accuracy: 0.5133, purity: 0.5312 });
    expectClose(kmeans.ari, 0.3489119093762377, 1e-15);
    expectClose(mixture.ari, 0.37954234649345847, 1e-15);
  });
});

describe('linear sum assignment', () => {
  it.each(fixture.assignments)('$rows x $columns has the sums of SciPy', (example) => {
    const { rows, columns, span, seed } = example;
    const draw = minimalStandard(seed);
    const costs = Array.from({ length: rows * columns }, () => draw() % span);
    const sum = (maximize: boolean): number => {
      const pairing = linearSumAssignment({ costs, rows, columns }, { maximize });
      const used = Array.from(pairing).filter((column) => column >= 0);
      expect(new Set(used).size).toBe(Math.min(rows, columns));
      return pairing.reduce(
        (total, column, row) => total + (column < 0 ? 0 : costs[row * columns + column]),
        0,
      );
    };
    expect(sum(false)).toBe(example.smallest);
    expect(sum(true)).toBe(example.largest);
  });
});

describe('measures of one partition of points equal scikit-learn', () => {
  interface PointFormula {
    readonly n: number;
    readonly columns: number;
    readonly clusters: number;
    readonly seed: number;
  }

  function formulaPoints({ n, columns, clusters, seed }: PointFormula): {
    bytes: Uint8Array;
    labels: Uint8Array;
  } {
    const draw = minimalStandard(seed);
    const labels = new Uint8Array(n);
    const bytes = new Uint8Array(n * columns);
    for (let i = 0; i < n; i++) {
      labels[i] = draw() % clusters;
      for (let j = 0; j < columns; j++) {
        bytes[i * columns + j] = ((labels[i] * 37 + j * 11) % 160) + (draw() % 96);
      }
    }
    return { bytes, labels };
  }

  async function expectScores(
    points: Matrix,
    labels: Uint8Array,
    expected: { silhouette: number; calinskiHarabasz: number; daviesBouldin: number; samples: number[] },
  ): Promise<void> {
    expectClose(await silhouetteScore(points, labels), expected.silhouette);
    expectClose(calinskiHarabaszIndex(points, labels), expected.calinskiHarabasz);
    expectClose(daviesBouldinIndex(points, labels), expected.daviesBouldin);
    const samples = await silhouetteSamples(points, labels);
    expected.samples.forEach((sample, i) => {
      expectClose(samples[i], sample);
    });
  }

  it.each(fixture.points)('$formula.n points, $formula.clusters clusters', async (example) => {
    const { n, columns } = example.formula;
    const { bytes, labels } = formulaPoints(example.formula);
    await expectScores(matrix(bytes, n, columns, 1 / 255), labels, example.bytes);
    const floats = Float32Array.from(bytes, (byte) => byte / 7);
    await expectScores(matrix(floats, n, columns), labels, example.float32);
  });

  it("gives the silhouettes of Rousseeuw's twelve countries from their dissimilarities", async () => {
    const dissimilarities = matrixFromRows(fixture.countries.dissimilarities);
    for (const { labels, samples } of fixture.countries.cases) {
      const actual = await silhouetteSamples(dissimilarities, labels, { metric: 'precomputed' });
      samples.forEach((sample, i) => {
        expectClose(actual[i], sample);
      });
    }
  });
});
