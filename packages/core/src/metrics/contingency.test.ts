import { describe, expect, it } from 'vitest';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import { contingencyFromCounts, contingencyTable, denseCounts } from './contingency.ts';

describe('contingencyTable', () => {
  it('counts classes by clusters, both in ascending order of label', () => {
    const table = contingencyTable([7, -2, 7, 7, -2], ['b', 'b', 10, 9, 'a']);
    expect(table.classes).toEqual([-2, 7]);
    expect(table.clusters).toEqual([9, 10, 'a', 'b']);
    expect(Array.from(denseCounts(table))).toEqual([0, 0, 1, 1, 1, 1, 0, 1]);
    expect(Array.from(table.classSizes)).toEqual([2, 3]);
    expect(Array.from(table.clusterSizes)).toEqual([1, 1, 1, 2]);
    expect(table.total).toBe(5);
  });

  it('keeps the number 1 and the string "1" apart, and 0 and -0 together', () => {
    expect(contingencyTable([1, '1'], [0, -0])).toMatchObject({ classes: [1, '1'], clusters: [0] });
  });

  it('stores only cells above zero: a hundred thousand classes and clusters do not make a table of 10^10', () => {
    const labels = Uint32Array.from({ length: 100_000 }, (_, i) => i);
    const table = contingencyTable(labels, labels);
    expect(table.cells).toHaveLength(100_000);
    expect(() => denseCounts(table)).toThrow(InvalidArgumentError);
  });

  it.each([undefined, null, 'ab', 3, { length: 2 }, new DataView(new ArrayBuffer(2))])(
    'rejects %s in place of labels',
    (labels) => {
      expect(() => contingencyTable([0, 1], labels as never)).toThrow(InvalidArgumentError);
      expect(() => contingencyTable(labels as never, [0, 1])).toThrow('The classes must be an array');
    },
  );

  it('rejects labelings of different length', () => {
    expect(() => contingencyTable([1, 2, 3], [1, 2])).toThrow(ShapeError);
  });

  it.each([NaN, Infinity, -Infinity, 0.5, undefined, null, 1n, true])('rejects %s as a label', (label) => {
    const labels = [0, label] as number[];
    expect(() => contingencyTable([0, 1], labels)).toThrow(DataError);
    expect(() => contingencyTable(labels, [0, 1])).toThrow(`classes[1] is ${String(label)}`);
  });
});

describe('contingencyFromCounts', () => {
  it('labels rows and columns by their index and keeps empty ones', () => {
    const table = contingencyFromCounts([[0, 3, 0], Uint32Array.of(0, 1, 2)]);
    expect(table).toMatchObject({ classes: [0, 1], clusters: [0, 1, 2], total: 6 });
    expect(table.cells).toEqual([
      { row: 0, column: 1, count: 3 },
      { row: 1, column: 1, count: 1 },
      { row: 1, column: 2, count: 2 },
    ]);
  });

  it('rejects ragged rows and invalid counts', () => {
    expect(() => contingencyFromCounts([[1, 2], [3]])).toThrow(ShapeError);
    for (const count of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => contingencyFromCounts([[1, count]])).toThrow(DataError);
    }
  });
});
