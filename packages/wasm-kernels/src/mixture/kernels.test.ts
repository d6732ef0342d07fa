import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { padRows } from '../padding.ts';
import { expectClose, mixtureFixture, randomPoints, type Fixture } from '../testing/fixtures.ts';
import { factorLength, packTriangle } from './parameters.ts';
import type { MixturePlan } from './plan.ts';

/** Numbers of columns near the widths of vectors and of widened vectors, numbers of rows near the size of a tile. */
const COLUMNS = [1, 3, 4, 15, 16, 17, 33];
const ROWS = [1, 5, 63, 64, 65, 200];
const COMPONENTS = 3;

interface Parameters {
  readonly means: Float32Array;
  /** Lower triangles, K x D x D. */
  readonly factors: readonly Float64Array[];
  readonly logConstants: readonly number[];
}

function writeParameters({ plan, memory }: Fixture<MixturePlan>, isDiagonal: boolean): Parameters {
  const { globals, shape } = plan;
  const { columns, stride } = shape;
  const random = new Random(columns);
  const means = Float32Array.from({ length: COMPONENTS * columns }, () => random.normal());
  padRows(means, columns, memory.floats(globals.means, COMPONENTS * stride));
  const factors = Array.from({ length: COMPONENTS }, () =>
    Float64Array.from({ length: columns * columns }, (_, i) => {
      const [a, b] = [Math.floor(i / columns), i % columns];
      return (isDiagonal ? a === b : b <= a) ? random.normal() / Math.sqrt(columns) : 0;
    }),
  );
  factors.forEach((factor, k) => {
    const length = factorLength(shape);
    const target = memory.floats(globals.factors + 4 * k * length, length);
    if (isDiagonal) target.set(Float64Array.from({ length: columns }, (_, j) => factor[j * columns + j]));
    else packTriangle(factor, columns, target);
  });
  const logConstants = [-1, -2, -1.5];
  memory.doubles(globals.logConstants, COMPONENTS).set(logConstants);
  return { means, factors, logConstants };
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

describe.each([
  ['floats', 'full'],
  ['bytes', 'full'],
  ['floats', 'diag'],
  ['bytes', 'diag'],
] as const)('mixture kernels on %s, %s covariances', (kind, covarianceType) => {
  it.each(COLUMNS)('estimate, and add up statistics, %i columns', async (columns) => {
    for (const rows of ROWS) {
      const fixture = await mixtureFixture(randomPoints(kind, rows, columns), {
        components: COMPONENTS,
        covarianceType,
        regCovar: 0,
      });
      const { plan, memory, weights, values } = fixture;
      const { globals } = plan;
      const { stride } = plan.shape;
      const { means, factors, logConstants } = writeParameters(fixture, covarianceType === 'diag');
      for (let chunk = 0; chunk < plan.chunks; chunk++) memory.kernels.evaluateChunk(chunk);
      const { slots, parts } = plan.slots;
      for (let part = 0; part < parts; part++) {
        for (let slot = 0; slot < slots; slot++) memory.kernels.estimateMoments(slot, part);
      }

      const isFull = covarianceType === 'full';
      const counts = new Float64Array(COMPONENTS);
      const first = new Float64Array(COMPONENTS * stride);
      const second = new Float64Array(COMPONENTS * (isFull ? stride * stride : stride));
      const evidence = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        const differences = factors.map((_, k) =>
          Float64Array.from({ length: columns }, (_, j) => values[i * columns + j] - means[k * columns + j]),
        );
        const densities = factors.map(
          (factor, k) => logConstants[k] - 0.5 * squaredForm(factor, differences[k]),
        );
        const highest = Math.max(...densities);
        evidence[i] =
          highest + Math.log(densities.reduce((sum, value) => sum + Math.exp(value - highest), 0));
        expect(memory.words(globals.labels, rows)[i]).toBe(densities.indexOf(highest));
        for (let k = 0; k < COMPONENTS; k++) {
          const share = weights[i] * Math.exp(densities[k] - evidence[i]);
          counts[k] += share;
          for (let a = 0; a < columns; a++) {
            first[k * stride + a] += share * differences[k][a];
            for (let b = isFull ? 0 : a; b <= a; b++) {
              const at = isFull ? (k * stride + a) * stride + b : k * stride + a;
              second[at] += share * differences[k][a] * differences[k][b];
            }
          }
        }
      }
      expectClose(memory.floats(globals.logLikelihoods, rows), evidence, 'log-likelihoods');
      const likelihood = evidence.reduce((sum, value, i) => sum + weights[i] * value, 0);
      const chunks = memory.doubles(globals.chunkLikelihood, plan.chunks);
      expectClose([chunks.reduce((a, b) => a + b)], [likelihood], 'log-likelihood');

      const total = new Float64Array(1 + COMPONENTS + first.length + second.length);
      for (let slot = 0; slot < slots; slot++) {
        const part = memory.doubles(globals.moments + slot * globals.momentBytes, total.length);
        part.forEach((value, i) => (total[i] += value));
      }
      expectClose(total.subarray(0, 1), [likelihood], 'log-likelihood of the step');
      expectClose(total.subarray(1, 1 + COMPONENTS), counts, 'counts');
      const secondAt = 1 + COMPONENTS + first.length;
      expectClose(total.subarray(1 + COMPONENTS, secondAt), first, 'first moments');
      // Only the lower triangles are defined.
      const seen = total.subarray(secondAt).map((value, i) => (second[i] === 0 ? 0 : value));
      expectClose(seen, second, 'second moments');
    }
  });
});

describe('responsibilities', () => {
  it('are 0, not NaN, where a component is out of reach', async () => {
    const fixture = await mixtureFixture(randomPoints('floats', 70, 2), {
      components: COMPONENTS,
      covarianceType: 'full',
      regCovar: 0,
    });
    const { plan, memory } = fixture;
    writeParameters(fixture, false);
    memory.doubles(plan.globals.logConstants, COMPONENTS).set([0, -800, -Infinity]);
    memory.kernels.tabulateTile(0, 0, 64);
    memory.kernels.tabulateTile(1, 0, 70);
    const table = memory.floats(plan.globals.responsibilityTable, 70 * COMPONENTS);
    for (let i = 0; i < 70; i++) expect([...table.subarray(3 * i, 3 * i + 3)]).toEqual([1, 0, 0]);
  });
});
