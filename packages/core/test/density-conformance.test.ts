import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { AgglomerativeClustering } from '../src/agglomerative/agglomerative-clustering.ts';
import type { Linkage } from '../src/agglomerative/options.ts';
import { Dbscan } from '../src/density/dbscan.ts';
import { HdbscanModel } from '../src/density/hdbscan-model.ts';
import { hdbscanSettings } from '../src/density/hdbscan-settings.ts';
import type { DensityMetric } from '../src/density/metric.ts';
import { spanningTree } from '../src/density/spanning-tree.ts';
import { createReferenceEngine } from '../src/engine/reference/index.ts';
import { matrix, type Matrix } from '../src/matrix.ts';
import { adjustedRandIndex } from '../src/metrics/adjusted-rand.ts';
import { densityValidity } from '../src/metrics/density-validity.ts';
import { NO_CLUSTER, writtenLabels } from '../src/no-cluster.ts';
import { linkage } from '../src/tree/linkage.ts';
import fixture from './fixtures/density.json' with { type: 'json' };

// Values of scikit-learn and hdbscan; density.py beside the JSON makes them.

const engine = createReferenceEngine();

interface Case {
  readonly samples: number;
  readonly size: number;
  readonly selection: string;
  readonly epsilon: number;
  readonly single: boolean;
  readonly most: number | null;
  readonly height: number;
  readonly labels: string;
  readonly probabilities: readonly number[];
  readonly tie?: number;
}

interface Details {
  readonly labels: string;
  readonly validity: { readonly score: number; readonly clusters: readonly number[] };
  readonly outliers: string;
  readonly exemplars: readonly (readonly number[])[];
  readonly memberships: string;
  readonly new: string;
  readonly newLabels: string;
  readonly newProbabilities: string;
  readonly newMemberships: string;
  readonly cut: string;
  readonly radius: number;
}

interface PointSet {
  readonly name: string;
  readonly columns: number;
  readonly type: string;
  readonly points: string;
  readonly cases: readonly Case[];
  readonly dbscan: readonly { readonly radius: number; readonly samples: number; readonly labels: string }[];
  readonly agglomerative?: readonly {
    readonly linkage: string;
    readonly metric: string;
    readonly clusters: number;
    readonly height: number;
    readonly labels: string;
    readonly tie?: number;
  }[];
  readonly details?: Details;
}

/** Sets with equal distances. */
const TIED_SETS = ['digits', 'iris'];

const SETS: readonly PointSet[] = fixture.sets;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

function floatsOf(base64: string): Float32Array {
  return new Float32Array(bytesOf(base64).buffer);
}

function labelsOf(base64: string): Int8Array {
  return Int8Array.from(inflateSync(bytesOf(base64)), (byte) => (byte << 24) >> 24);
}

function pointsOf({ points, columns, type }: PointSet): Matrix {
  const data = type === 'bytes' ? bytesOf(points) : floatsOf(points);
  return matrix(data, data.length / columns, columns);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Adjusted Rand index with noise as a group. */
function agreementOf(expected: ArrayLike<number>, labels: Uint32Array): number {
  return adjustedRandIndex(expected, writtenLabels(labels));
}

/** The models of one set by their number of samples; all settings follow from one tree. */
async function treesOf(points: Matrix, cases: readonly Case[]) {
  const trees = new Map<number, Awaited<ReturnType<typeof spanningTree>>>();
  for (const { samples } of cases) {
    if (!trees.has(samples)) trees.set(samples, await spanningTree(engine, points, { minSamples: samples }));
  }
  return trees;
}

function settingsOf({ samples, size, selection, epsilon, single, most }: Case, rows: number) {
  return hdbscanSettings(
    {
      minClusterSize: size,
      minSamples: samples,
      clusterSelection: selection === 'eom' ? 'excess-of-mass' : 'leaf',
      clusterSelectionEpsilon: epsilon,
      maxClusterSize: most ?? undefined,
      allowSingleCluster: single,
    },
    rows,
  );
}

/** The agreement without the points that leave at a level at which a cluster begins: they are at home on both sides. */
function agreementWithoutTies(model: HdbscanModel, expected: Int8Array): number {
  const { pointLevels, births } = model.tree;
  const levels = new Set(births);
  const rows = Uint32Array.from(pointLevels.keys()).filter((i) => !levels.has(pointLevels[i]));
  const rest = Array.from(rows, (i) => expected[i]);
  return agreementOf(
    rest,
    rows.map((i) => model.labels[i]),
  );
}

describe('HDBSCAN beside scikit-learn and hdbscan', () => {
  let [equal, tied, all] = [0, 0, 0];

  for (const set of SETS) {
    it(`${set.name}: ${set.cases.length} settings`, async () => {
      const points = pointsOf(set);
      const trees = await treesOf(points, set.cases);
      for (const each of set.cases) {
        const { coreDistances, ...edges } = trees.get(each.samples)!;
        const dendrogram = linkage(edges);
        const total = dendrogram.heights.reduce((sum, height) => sum + height, 0);
        expect(total / each.height).toBeCloseTo(1, 6);
        const model = new HdbscanModel({
          settings: settingsOf(each, points.rows),
          dendrogram,
          coreDistances,
          points,
        });
        const expected = labelsOf(each.labels);
        const agreement = agreementOf(expected, model.labels);
        all++;
        // With one sample an edge is as long as a core distance only where distances are equal.
        if (each.samples === 1 && !TIED_SETS.includes(set.name)) expect(agreement).toBe(1);
        if (agreement < 1) {
          // Either the points that differ are ties, or the packages find other clusters for rows in another order.
          tied++;
          const isShown = agreementWithoutTies(model, expected) === 1 || (each.tie ?? 1) < 1;
          expect(isShown, JSON.stringify({ ...each, labels: '', agreement })).toBe(true);
          expect(agreement).toBeGreaterThan((each.tie ?? 1) - 0.15);
        } else {
          equal++;
          if (each.tie === undefined) expectProbabilities(model, each.probabilities);
        }
      }
    });
  }

  it('most settings have no tie at all', () => {
    expect(equal + tied).toBe(all);
    expect(equal / all).toBeGreaterThan(0.5);
  });
});

function expectProbabilities({ probabilities }: HdbscanModel, expected: readonly number[]): void {
  const last = probabilities.length - 1;
  expected.forEach((value, i) => {
    const row = Math.floor((i * last) / (expected.length - 1));
    expect(Math.abs(probabilities[row] - value)).toBeLessThan(1e-5);
  });
}

describe.each(SETS.filter(({ details }) => details !== undefined))('what hdbscan says of $name', (set) => {
  const details = set.details!;
  const points = pointsOf(set);
  let model: HdbscanModel;
  /** Our label of each of theirs. */
  let ours: readonly number[];

  beforeAll(async () => {
    const settings = hdbscanSettings({ minClusterSize: 15, minSamples: 1 }, points.rows);
    const { coreDistances, ...edges } = await spanningTree(engine, points, { minSamples: 1 });
    model = new HdbscanModel({ settings, dendrogram: linkage(edges), coreDistances, points }, engine);
    const expected = labelsOf(details.labels);
    ours = details.exemplars.map((members) => model.labels[members[0]]);
    expect(agreementOf(expected, model.labels)).toBe(1);
  });

  it('the outlier scores', () => {
    const expected = floatsOf(details.outliers);
    expected.forEach((value, i) => {
      expect(Math.abs(model.outlierScores[i] - value)).toBeLessThan(1e-5);
    });
  });

  it('the density-based validity of its clusters', async () => {
    const { score, clusters } = await densityValidity(points, writtenLabels(model.labels));
    expect(score).toBeCloseTo(details.validity.score, 6);
    ours.forEach((label, theirs) => {
      expect(clusters[label].validity).toBeCloseTo(details.validity.clusters[theirs], 6);
    });
  });

  it('the exemplars', () => {
    details.exemplars.forEach((rows, theirs) => {
      expect([...model.exemplars[ours[theirs]]]).toEqual(rows);
    });
  });

  it('the memberships of all points', async () => {
    const found = await model.trainingMemberships();
    expectMemberships(found, floatsOf(details.memberships), model.labels);
  });

  it('the labels, probabilities and memberships of new points', async () => {
    const queries = matrix(floatsOf(details.new), floatsOf(details.new).length / set.columns, set.columns);
    const { labels, probabilities } = await model.predictMembership(queries);
    expect(agreementOf(labelsOf(details.newLabels), labels)).toBe(1);
    floatsOf(details.newProbabilities).forEach((value, i) => {
      expect(Math.abs(probabilities[i] - value)).toBeLessThan(1e-5);
    });
    // The package rounds a level to float32 and divides by its difference to another, which may be tiny.
    expectMemberships(await model.memberships(queries), floatsOf(details.newMemberships), labels, 1e-4);
  });

  it('the cut at a radius', () => {
    expect(agreementOf(labelsOf(details.cut), model.cutAt(details.radius, 5).labels)).toBe(1);
  });

  /**
   * Compares shares of clusters, and how much all of them together are. The package measures the second by the first of the
   * clusters that a point shares most with; several are alike for noise, so it is compared for the other points.
   */
  function expectMemberships(
    { data, rows, columns }: Matrix,
    expected: Float32Array,
    labels: Uint32Array,
    tolerance = 1e-5,
  ): void {
    for (let i = 0; i < rows; i++) {
      const row = ours.map((label) => data[i * columns + label]);
      const theirs = [...expected.subarray(i * columns, (i + 1) * columns)];
      const [sum, sumOfTheirs] = [total(row), total(theirs)];
      if (labels[i] !== NO_CLUSTER) expect(Math.abs(sum - sumOfTheirs)).toBeLessThan(1e-5);
      row.forEach((value, k) => {
        expect(Math.abs(value / sum - theirs[k] / sumOfTheirs)).toBeLessThan(tolerance);
      });
    }
  }
});

describe('DBSCAN beside scikit-learn', () => {
  it.each(SETS)('$name', async (set) => {
    for (const { radius, samples, labels } of set.dbscan) {
      const model = await new Dbscan({ radius, minSamples: samples, engine }).fit(pointsOf(set));
      expect([...writtenLabels(model.labels)]).toEqual([...labelsOf(labels)]);
    }
  });
});

describe('agglomerative clustering beside scikit-learn', () => {
  it.each(SETS.filter(({ agglomerative }) => agglomerative !== undefined))('$name', async (set) => {
    for (const { linkage: name, metric, clusters, height, labels, tie } of set.agglomerative!) {
      const options = { clusters, linkage: name as Linkage, metric: metric as DensityMetric, engine };
      const model = await new AgglomerativeClustering(options).fit(pointsOf(set));
      const total = model.dendrogram.heights.reduce((sum, each) => sum + each, 0);
      expect(total / height).toBeCloseTo(1, tie === undefined ? 6 : 2);
      if (tie === undefined)
        expect(agreementOf(labelsOf(labels), model.labels), `${name} ${clusters}`).toBe(1);
    }
  });
});
