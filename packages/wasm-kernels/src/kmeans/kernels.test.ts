import { Random } from '@shoal/core';
import { magicOf } from '@shoal/core/engine-kit';
import { writeTuning } from './tuning.ts';
import { describe, expect, it } from 'vitest';
import { BATCH_ROWS, CANDIDATES } from '../kernels.ts';
import { expectClose, kmeansFixture, randomPoints, type Fixture } from '../testing/fixtures.ts';
import { Centroids } from './centroids.ts';
import { FixedMoments } from './fixed-moments.ts';
import { setQuanta } from './fixed-sums.ts';
import { quantizationScales, quantizedTuning } from './quantization.ts';
import type { KMeansPlan } from './plan.ts';

/**
 * Numbers of columns near the widths of vectors and of widened vectors, numbers of rows near the sizes of batches and slots.
 */
const COLUMNS = [1, 3, 4, 15, 16, 17, 33];
const ROWS = [1, 5, 31, 32, 33, 600];
/** Masses are multiples of it; small beside all masses. */
const STEP = 2 ** -20;

/** Takes rows of the points as the session's centroids, as float64 in the kernels' units. */
function writeCenters({ plan, memory, values }: Fixture<KMeansPlan>): Float64Array {
  const { centers, clusters, columns } = plan.globals;
  const target = memory.doubles(centers, clusters * columns);
  target.set(Float64Array.from(target, (_, i) => values[i % values.length] * 0.75));
  return target.slice();
}

function tune({ plan, memory }: Fixture<KMeansPlan>, fields: Parameters<typeof writeTuning>[2]): void {
  writeTuning(memory, plan.globals.tuning, fields);
}

describe.each(['floats', 'bytes'] as const)('k-means kernels on %s', (kind) => {
  it.each(COLUMNS)('points are summed up by column, %i columns', async (columns) => {
    for (const rows of ROWS) {
      const points = randomPoints(kind, rows, columns);
      const { plan, memory, summary, weights, source } = await kmeansFixture(points, 1);
      const total = weights.reduce((a, b) => a + b, 0);
      const mean = new Float64Array(columns);
      source.data.forEach((value, i) => {
        mean[i % columns] += (weights[Math.floor(i / columns)] * value * source.scale) / total;
      });
      const variance = new Float64Array(columns);
      let inertia = 0;
      let farthest = 0;
      const unit = kind === 'bytes' ? source.scale : 1;
      for (let i = 0; i < rows; i++) {
        let square = 0;
        for (let j = 0; j < columns; j++) {
          const value = source.data[i * columns + j] * source.scale;
          variance[j] += (weights[i] * (value - mean[j]) ** 2) / total;
          square += (value / unit - summary.shift[j]) ** 2;
        }
        inertia += weights[i] * square;
        farthest = Math.max(farthest, Math.sqrt(square));
      }
      expectClose(summary.mean, mean, 'mean', 1e-12);
      expectClose(summary.variance, variance, 'variance', 1e-6);
      expectClose([summary.totalWeight, summary.inertia], [total, inertia], 'totals', 1e-6);
      expectClose([summary.farthest], [farthest], 'farthest', 1e-6);
      const basis = { rows, greatestWeight: 1 };
      setQuanta(plan, memory, summary, basis);
      const fixed = await FixedMoments.measure(plan, memory, summary, basis, {});
      const known = await FixedMoments.measure(plan, memory, summary, basis, { areKnown: true });
      expect(known.farthest).toBe(fixed.farthest);
      expectClose(fixed.columnMoments(fixed.totals).mean, mean, 'exact mean', 1e-12);
      expectClose(fixed.columnMoments(fixed.totals).variance, variance, 'exact variance', 1e-6);
      expectClose([fixed.conclude(fixed.totals).inertia], [inertia], 'exact inertia', 1e-6);
      expectClose([fixed.farthest], [farthest], 'farthest again', 1e-6);
      summary.reach.forEach((reach, j) => {
        const column = Array.from({ length: rows }, (_, i) =>
          Math.abs((source.data[i * columns + j] * source.scale) / unit - summary.shift[j]),
        );
        expect(reach).toBeCloseTo(Math.max(...column), 6);
      });
    }
  });

  it.each(COLUMNS)(
    'quantized keys are whole-number products, for any number of panels, %i columns',
    async (columns) => {
      for (const clusters of [1, 4, 5, 12, 17, 31]) {
        const fixture = await kmeansFixture(randomPoints(kind, 40, columns), clusters);
        const { plan, memory, values } = fixture;
        const { globals } = plan;
        const centers = writeCenters(fixture);
        const pointScale = kind === 'bytes' ? 1 : 1000;
        const centerScale = kind === 'bytes' ? 32 : 500;
        // Fewer columns than QUANTIZED_COLUMNS are enough to show that the arithmetic is right.
        if (!plan.startsQuantized) continue;
        new Int16Array(memory.bytes(0, 1).buffer, globals.wordShift, columns).set(fixture.summary.shift);
        tune(fixture, {
          isQuantized: true,
          pointScale,
          centerScale,
          keyScale: pointScale * centerScale,
        });
        memory.kernels.packPanels(0, plan.panels);
        memory.kernels.assignChunk(0);
        const words = (value: number, scale: number) => Math.round(value * scale);
        const keys = memory.bytes(plan.globalsOf(0).keys, BATCH_ROWS * globals.keyBytes);
        // The keys are those of the chunk's last batch: rows from the last multiple of 32 on.
        const first = Math.floor((Math.min(40, globals.chunkRows) - 1) / BATCH_ROWS) * BATCH_ROWS;
        for (let i = first; i < Math.min(40, globals.chunkRows); i++) {
          const row = new Int32Array(keys.buffer, keys.byteOffset + (i - first) * globals.keyBytes, clusters);
          for (let k = 0; k < clusters; k++) {
            let product = 0;
            let square = 0;
            let slack = 0;
            for (let j = 0; j < columns; j++) {
              const x = values[i * columns + j];
              const c = centers[k * columns + j];
              product += words(x, pointScale) * words(c, centerScale);
              square += c * c;
              slack += Math.abs(words(c, centerScale));
            }
            const key = Math.round(0.5 * square * pointScale * centerScale) - product;
            // float32 may round a value that lies half-way to the other side.
            expect(Math.abs(row[k] - key), `row ${i}, center ${k}`).toBeLessThanOrEqual(
              kind === 'bytes' ? 1 : slack,
            );
          }
        }
      }
    },
  );

  it.each(COLUMNS)(
    'sums in fixed point take back exactly what was added, in any order, %i columns',
    async (columns) => {
      const rows = 200;
      const clusters = 3;
      const fixture = await kmeansFixture(randomPoints(kind, rows, columns), clusters);
      const { plan, memory, weights, values, summary } = fixture;
      const { globals } = plan;
      setQuanta(plan, memory, summary, { rows, greatestWeight: 1 });
      writeCenters(fixture);
      tune(fixture, {
        pointScale: 1,
        centerScale: 1,
        keyScale: 1,
        relativeError: 1e-5,
        absoluteError: 1e-5,
      });
      const labels = memory.words(globals.labels, rows);
      const assign = (order: readonly number[]): Float64Array => {
        labels.fill(0xffffffff);
        memory.bytes(globals.allSums, globals.sumBytes).fill(0);
        memory.kernels.packPanels(0, plan.panels);
        for (const chunk of order) memory.kernels.assignChunk(chunk);
        memory.kernels.gatherSums(0, clusters);
        return memory.doubles(globals.sums, clusters * (columns + 1)).slice();
      };
      const chunks = Array.from({ length: plan.chunks }, (_, i) => i);
      const forward = assign(chunks);
      expect(assign(chunks.toReversed())).toEqual(forward);

      const expected = new Float64Array(forward.length);
      for (let i = 0; i < rows; i++) {
        const at = labels[i] * (columns + 1);
        expected[at + columns] += weights[i];
        for (let j = 0; j < columns; j++) expected[at + j] += weights[i] * values[i * columns + j];
      }
      expectClose(forward, expected, 'sums', 1e-7);

      // All points to the first cluster and back again.
      const centers = memory.doubles(globals.centers, clusters * columns);
      const before = centers.slice();
      centers.fill(1e6, columns);
      memory.kernels.packPanels(0, plan.panels);
      for (const chunk of chunks) memory.kernels.assignChunk(chunk);
      expect(new Set(labels)).toEqual(new Set([0]));
      centers.set(before);
      memory.kernels.packPanels(0, plan.panels);
      for (const chunk of chunks) memory.kernels.assignChunk(chunk);
      memory.kernels.gatherSums(0, clusters);
      expect(memory.doubles(globals.sums, forward.length)).toEqual(forward);
    },
  );

  it.each(COLUMNS)('seeding computes potentials, nearest seeds and masses, %i columns', async (columns) => {
    for (const rows of [5, 33, 300]) {
      const { plan, memory, weights, values, summary } = await kmeansFixture(
        randomPoints(kind, rows, columns),
        1,
      );
      const { globals } = plan;
      const distances = memory.floats(globals.distances, rows).fill(Infinity);
      const squared = (a: number, b: number): number => {
        let sum = 0;
        for (let j = 0; j < columns; j++) sum += (values[a * columns + j] - values[b * columns + j]) ** 2;
        return sum;
      };
      const each = (visit: (chunk: number) => void): void => {
        for (let chunk = 0; chunk < plan.chunks; chunk++) visit(chunk);
      };
      const seeds = [0, rows - 1, Math.floor(rows / 2)];
      const load = (candidates: readonly number[]): void => {
        candidates.forEach((row, c) => {
          memory
            .doubles(globals.candidates + 8 * c * columns, columns)
            .set(values.subarray(row * columns, (row + 1) * columns));
        });
        new Centroids(plan, memory, summary).packCandidates(candidates.length);
      };
      load(seeds);
      each((chunk) => {
        memory.kernels.seedChunk(chunk, seeds.length, 7, 0, magicOf(STEP));
      });
      const nearest = Float64Array.from({ length: rows }, (_, i) =>
        Math.min(...seeds.map((s) => squared(i, s))),
      );
      expectClose(distances, nearest, 'distances');
      for (const seed of seeds) expect(distances[seed]).toBe(0);
      memory.words(globals.labels, rows).forEach((label, i) => {
        expect(squared(i, seeds[label - 7])).toBeCloseTo(nearest[i], 3);
      });
      const mass = nearest.reduce((sum, distance, i) => sum + weights[i] * distance, 0);
      const masses = memory.doubles(globals.chunkInertia, plan.chunks);
      expectClose([masses.reduce((a, b) => a + b)], [mass], 'mass');

      const candidates = Array.from({ length: Math.min(rows, 6) }, (_, c) => c);
      load(candidates);
      each((chunk) => {
        memory.kernels.seedChunk(chunk, 0, 0, candidates.length, magicOf(STEP));
      });
      const potentials = candidates.map((row) =>
        nearest.reduce((sum, distance, i) => sum + weights[i] * Math.min(distance, squared(i, row)), 0),
      );
      const all = memory.doubles(globals.potentials, CANDIDATES * plan.chunks);
      const summed = candidates.map((c) =>
        Array.from({ length: plan.chunks }, (_, chunk) => all[chunk * CANDIDATES + c]).reduce(
          (a, b) => a + b,
        ),
      );
      expectClose(summed, potentials, 'potentials');
    }
  });
});

describe('quantization', () => {
  it('keeps every key within int32, and bounds its error', () => {
    const random = new Random(5);
    for (const columns of [16, 50, 784]) {
      for (const spread of [1e-3, 1, 100]) {
        const points = { farthest: 3 * spread * Math.sqrt(columns), reach: 3 * spread };
        const centers = { farthest: spread * Math.sqrt(columns), reach: spread };
        const scales = quantizationScales(points, centers, false);
        const x = Float64Array.from({ length: columns }, () => 3 * spread * (2 * random.uniform() - 1));
        const c = Float64Array.from({ length: columns }, () => spread * (2 * random.uniform() - 1));
        const xs = x.map((value) => Math.round(value * scales.pointScale));
        const cs = c.map((value) => Math.round(value * scales.centerScale));
        const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, j) => sum + value * b[j], 0);
        const lost = Math.sqrt(
          c.reduce((sum, value, j) => sum + (value - cs[j] / scales.centerScale) ** 2, 0),
        );
        const tuning = quantizedTuning(scales, columns, points, centers, lost, false);
        const key = Math.round(0.5 * dot(c, c) * tuning.keyScale) - dot(xs, cs);
        const worst = (points.farthest * centers.farthest + centers.farthest ** 2 / 2) * tuning.keyScale;
        expect(worst).toBeLessThan(2 ** 31);
        expect(Math.abs(scales.pointScale * points.reach)).toBeLessThan(2 ** 15);
        expect(Math.abs(scales.centerScale * centers.reach)).toBeLessThan(2 ** 15);
        const error = Math.abs(key - (0.5 * dot(c, c) - dot(x, c)) * tuning.keyScale);
        expect(error).toBeLessThanOrEqual(tuning.errorConstant + tuning.errorPerSquare * dot(x, x));
      }
    }
  });

  it('handles points and centroids that are all the same', () => {
    const nothing = { farthest: 0, reach: 0 };
    const { pointScale, centerScale } = quantizationScales(nothing, nothing, false);
    expect(Number.isFinite(pointScale * centerScale)).toBe(true);
  });
});
