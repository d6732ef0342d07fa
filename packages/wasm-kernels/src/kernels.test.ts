import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { CENTRE_BLOCK, compileKernels, configure, TILE_ROWS, type Kernels } from './kernels.ts';
import { Layout, padRows, Runtime, type SessionMemory } from './memory.ts';
import { packTriangle } from './mixture-parameters.ts';

const runtime = new Runtime(await compileKernels());

/** Columns around vector and widening widths, rows around tiles. */
const COLUMNS = [1, 3, 4, 15, 16, 17, 33];
const ROWS = [1, 5, 63, 64, 65, 200];

interface Fixture<Name extends string> {
  readonly kernels: Kernels;
  readonly memory: SessionMemory;
  readonly stride: number;
  /** Values as the kernels see them, rows x columns. */
  readonly values: Float64Array;
  readonly weights: Float32Array;
  /** Room for what the test binds, beyond the points. */
  readonly at: Readonly<Record<Name, number>>;
}

/** Random points, floats or bytes, bound to fresh kernels with `extra` arrays of the given bytes. */
async function fixture<Name extends string>(
  kind: 'floats' | 'bytes',
  rows: number,
  columns: number,
  extra: Readonly<Record<Name, number>>,
): Promise<Fixture<Name>> {
  const random = new Random(rows * 100 + columns);
  const stride = Math.ceil(columns / 4) * 4;
  const layout = new Layout();
  const points = layout.reserve(4 * rows * stride);
  const widened = layout.reserve(4 * TILE_ROWS * stride);
  const weightsAt = layout.reserve(4 * rows);
  const at: Record<Name, number> = { ...extra };
  for (const name of Object.keys(extra) as Name[]) at[name] = layout.reserve(extra[name]);
  const memory = await runtime.allocate(layout);
  const values = Float64Array.from({ length: rows * columns }, () =>
    kind === 'bytes' ? random.integer(256) : Math.fround(random.normal()),
  );
  if (kind === 'bytes') memory.bytes(points, values.length).set(values);
  else padRows(values, columns, memory.floats(points, rows * stride));
  const weights = Float32Array.from({ length: rows }, () => random.uniform());
  memory.floats(weightsAt, rows).set(weights);
  configure(memory.kernels, {
    points,
    isBytes: kind === 'bytes',
    columns,
    stride,
    widened,
    weights: weightsAt,
    ...at,
  });
  return { kernels: memory.kernels, memory, stride, values, weights, at };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length).toBe(expected.length);
  const largest = Array.from(expected).reduce((a, b) => Math.max(a, Math.abs(b)), 1e-30);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i] - expected[i]) / largest, `${what}[${i}]`).toBeLessThan(2e-6);
  }
}

describe.each(['floats', 'bytes'] as const)('kernels on %s', (kind) => {
  it.each(COLUMNS)('momentRows sums by column, %i columns', async (columns) => {
    for (const rows of ROWS) {
      const stride = Math.ceil(columns / 4) * 4;
      const extra = { momentShift: 4 * stride, momentTile: 8 * stride, momentSums: 16 * stride };
      const { kernels, memory, values, weights, at } = await fixture(kind, rows, columns, extra);
      const shift = memory.floats(at.momentShift, columns).fill(0.5);
      kernels.momentRows(0, rows);
      const first = new Float64Array(columns);
      const second = new Float64Array(columns);
      values.forEach((value, i) => {
        const difference = value - shift[i % columns];
        first[i % columns] += weights[Math.floor(i / columns)] * difference;
        second[i % columns] += weights[Math.floor(i / columns)] * difference ** 2;
      });
      expectClose(memory.doubles(at.momentSums, columns), first, 'first');
      expectClose(memory.doubles(at.momentSums + 8 * stride, columns), second, 'second');
    }
  });

  it.each(COLUMNS)('assignRows finds the nearest centroid and the sums, %i columns', async (columns) => {
    for (const [rows, clusters] of [
      [1, 1],
      [65, 2],
      [200, 7],
      [300, CENTRE_BLOCK + 1],
    ] as const) {
      const stride = Math.ceil(columns / 4) * 4;
      const { kernels, memory, values, weights, at } = await fixture(kind, rows, columns, {
        centroids: 4 * clusters * stride,
        labels: 4 * rows,
        distances: 4 * rows,
        floatSums: 4 * clusters * stride,
        sums: 8 * clusters * stride,
        clusterWeights: 8 * clusters,
        scratch: 4 * TILE_ROWS * (CENTRE_BLOCK + 2),
      });
      const centroids = values.slice(0, clusters * columns);
      padRows(centroids, columns, memory.floats(at.centroids, clusters * stride));
      configure(kernels, { clusters });
      kernels.assignRows(0, rows);

      const labels = memory.words(at.labels, rows);
      const sums = new Float64Array(clusters * stride);
      const clusterWeights = new Float64Array(clusters);
      const nearest = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        const distances = Float64Array.from({ length: clusters }, (_, k) => {
          let sum = 0;
          for (let j = 0; j < columns; j++)
            sum += (values[i * columns + j] - centroids[k * columns + j]) ** 2;
          return sum;
        });
        nearest[i] = Math.min(...distances);
        expect(distances[labels[i]] - nearest[i]).toBeLessThanOrEqual(1e-6 * nearest[i]);
        clusterWeights[labels[i]] += weights[i];
        for (let j = 0; j < columns; j++)
          sums[labels[i] * stride + j] += weights[i] * values[i * columns + j];
      }
      expectClose(memory.floats(at.distances, rows), nearest, 'distances');
      expectClose(memory.doubles(at.sums, clusters * stride), sums, 'sums');
      expectClose(memory.doubles(at.clusterWeights, clusters), clusterWeights, 'cluster weights');
      const inertia = nearest.reduce((sum, distance, i) => sum + weights[i] * distance, 0);
      expectClose([kernels.inertia.value], [inertia], 'inertia');
      expect(kernels.changed.value).toBe(labels.filter((label) => label !== 0).length);
    }
  });

  it.each(COLUMNS)('mixture tiles estimate and accumulate full covariances, %i columns', async (columns) => {
    for (const rows of [1, 5, 63, 64]) {
      const components = 2;
      const stride = Math.ceil(columns / 4) * 4;
      const panels = (stride * (stride + 4)) / 2;
      const { kernels, memory, values, weights, at } = await fixture(kind, rows, columns, {
        origin: 4 * stride,
        means: 4 * components * stride,
        factors: 4 * components * panels,
        logConstants: 8 * components,
        responsibilities: 4 * components * TILE_ROWS,
        counts: 8 * components,
        firstMoments: 8 * components * stride,
        secondMoments: 8 * components * stride * stride,
        labels: 4 * rows,
        logLikelihoods: 4 * rows,
        tile: 4 * TILE_ROWS * stride,
        differences: 4 * TILE_ROWS * stride,
        shares: 4 * TILE_ROWS * stride,
        logDensities: 8 * TILE_ROWS * components,
        evidence: 8 * TILE_ROWS,
      });
      const scale = kind === 'bytes' ? 1 / 256 : 1;
      configure(kernels, {
        components,
        isTriangular: true,
        scale,
        factorBytes: 4 * panels,
        secondMomentBytes: 8 * stride * stride,
      });
      const random = new Random(columns);
      const origin = memory.floats(at.origin, columns).map(() => random.normal());
      memory.floats(at.origin, columns).set(origin);
      const means = Float32Array.from({ length: components * columns }, () => random.normal());
      padRows(means, columns, memory.floats(at.means, components * stride));
      const factors = Array.from({ length: components }, () => lowerTriangle(columns, random));
      factors.forEach((factor, k) => {
        packTriangle(factor, columns, memory.floats(at.factors + 4 * k * panels, panels));
      });
      memory.doubles(at.logConstants, components).set([-1, -2]);
      kernels.evaluateTile(0, rows);
      kernels.accumulateTile(0, rows);

      const counts = new Float64Array(components);
      const first = new Float64Array(components * stride);
      const lower = new Float64Array(components * columns * columns);
      const evidence = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        const differences = factors.map((_, k) =>
          Float64Array.from({ length: columns }, (_, j) => {
            return values[i * columns + j] * scale - origin[j] - means[k * columns + j];
          }),
        );
        const densities = factors.map((factor, k) => -1 - k - 0.5 * squaredForm(factor, differences[k]));
        const highest = Math.max(...densities);
        evidence[i] =
          highest + Math.log(densities.reduce((sum, value) => sum + Math.exp(value - highest), 0));
        expect(memory.words(at.labels, rows)[i]).toBe(densities.indexOf(highest));
        for (let k = 0; k < components; k++) {
          const share = weights[i] * Math.exp(densities[k] - evidence[i]);
          counts[k] += share;
          for (let a = 0; a < columns; a++) {
            first[k * stride + a] += share * differences[k][a];
            for (let b = 0; b <= a; b++) {
              lower[(k * columns + a) * columns + b] += share * differences[k][a] * differences[k][b];
            }
          }
        }
      }
      expectClose(memory.floats(at.logLikelihoods, rows), evidence, 'log-likelihoods');
      expectClose(memory.doubles(at.counts, components), counts, 'counts');
      expectClose(memory.doubles(at.firstMoments, components * stride), first, 'first moments');
      const second = memory.doubles(at.secondMoments, components * stride * stride);
      const seen = lower.map((_, index) => {
        const b = index % columns;
        const a = Math.floor(index / columns) % columns;
        const k = Math.floor(index / columns ** 2);
        return b <= a ? second[(k * stride + a) * stride + b] : 0;
      });
      expectClose(seen, lower, 'second moments');
    }
  });
});

function lowerTriangle(d: number, random: Random): Float64Array {
  return Float64Array.from({ length: d * d }, (_, i) => {
    return i % d <= Math.floor(i / d) ? random.normal() / Math.sqrt(d) : 0;
  });
}

function squaredForm(factor: Float64Array, x: Float64Array): number {
  let sum = 0;
  for (let a = 0; a < x.length; a++) {
    let y = 0;
    for (let b = 0; b <= a; b++) y += factor[a * x.length + b] * x[b];
    sum += y * y;
  }
  return sum;
}
