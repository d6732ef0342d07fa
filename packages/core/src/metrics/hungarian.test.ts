import { describe, expect, it } from 'vitest';
import { DataError, ShapeError } from '../errors.ts';
import { Random } from '../random.ts';
import { linearSumAssignment, type AssignmentCosts } from './hungarian.ts';

/** Smallest sum over every way to pair the rows, one after another, with free columns. */
function bruteForce({ costs, rows, columns }: AssignmentCosts): number {
  const mayRest = rows > columns;
  const best = (row: number, taken: number, paired: number): number => {
    if (row === rows) return paired === Math.min(rows, columns) ? 0 : Infinity;
    let smallest = mayRest ? best(row + 1, taken, paired) : Infinity;
    for (let column = 0; column < columns; column++) {
      if ((taken >> column) & 1) continue;
      const rest = best(row + 1, taken | (1 << column), paired + 1);
      smallest = Math.min(smallest, costs[row * columns + column] + rest);
    }
    return smallest;
  };
  return best(0, 0, 0);
}

function sumOfPairing({ costs, columns }: AssignmentCosts, pairing: Int32Array): number {
  return pairing.reduce((sum, column, row) => sum + (column < 0 ? 0 : costs[row * columns + column]), 0);
}

describe('linearSumAssignment', () => {
  it('equals brute force on every shape up to 6 x 6, costs of both signs and many ties', () => {
    const random = new Random(55);
    for (let rows = 1; rows <= 6; rows++) {
      for (let columns = 1; columns <= 6; columns++) {
        for (const span of [3, 1000]) {
          const costs = Array.from({ length: rows * columns }, () => random.integer(span) - span / 3);
          const problem = { costs, rows, columns };
          const pairing = linearSumAssignment(problem);
          expect(sumOfPairing(problem, pairing)).toBeCloseTo(bruteForce(problem), 9);

          const negated = { ...problem, costs: costs.map((cost) => -cost) };
          expect(linearSumAssignment(negated, { maximize: true })).toEqual(pairing);
        }
      }
    }
  });

  it('leaves rows unpaired when there are more rows than columns', () => {
    const pairing = linearSumAssignment({ costs: [5, 1, 3], rows: 3, columns: 1 });
    expect(Array.from(pairing)).toEqual([-1, 0, -1]);
  });

  it('pairs nothing with nothing', () => {
    expect(linearSumAssignment({ costs: [], rows: 0, columns: 0 })).toHaveLength(0);
    expect(Array.from(linearSumAssignment({ costs: [], rows: 2, columns: 0 }))).toEqual([-1, -1]);
  });

  it('rejects costs of another shape or that are not finite', () => {
    expect(() => linearSumAssignment({ costs: [1, 2, 3], rows: 2, columns: 2 })).toThrow(ShapeError);
    expect(() => linearSumAssignment({ costs: [1, 2, NaN, 4], rows: 2, columns: 2 })).toThrow(
      new DataError('The cost of row 1 and column 0 is NaN; an assignment needs finite costs.'),
    );
  });
});
