import { describe, expect, it } from 'vitest';
import { NO_CLUSTER } from '../no-cluster.ts';
import { condense, NO_PARENT } from './condense.ts';
import { Dendrogram } from './dendrogram.ts';
import { linkage } from './linkage.ts';

/** Points 0 1 . 3 4 5 . . 8 on a line, by their numbers 0 to 5: edges of length 1, 2 and 3. */
const LINE = linkage({
  from: Uint32Array.of(4, 0, 1, 2, 3),
  to: Uint32Array.of(5, 1, 2, 3, 4),
  weights: Float64Array.of(3, 1, 2, 1, 1),
});
/** Points that join one after the other, each farther away than the one before: a chain as deep as there are points. */
const DEEP = 200_000;

function chain(points: number) {
  return linkage({
    from: Uint32Array.from({ length: points - 1 }, (_, i) => i),
    to: Uint32Array.from({ length: points - 1 }, (_, i) => i + 1),
    weights: Float64Array.from({ length: points - 1 }, (_, i) => 1 + i),
  });
}

describe('Dendrogram', () => {
  it('merges edges from the shortest to the longest', () => {
    expect([...LINE.heights]).toEqual([1, 1, 1, 2, 3]);
    expect([...LINE.sizes]).toEqual([2, 2, 3, 5, 6]);
    expect(LINE.toJson()).toEqual({
      leaves: 6,
      merges: [
        [0, 1, 1, 2],
        [2, 3, 1, 2],
        [7, 4, 1, 3],
        [6, 8, 2, 5],
        [9, 5, 3, 6],
      ],
    });
  });

  it('has every number of groups', () => {
    const labels = (clusters: number): number[] => [...LINE.cutInto(clusters).labels];
    expect(labels(1)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(labels(2)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(labels(3)).toEqual([0, 0, 1, 1, 1, 2]);
    expect(labels(6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(() => LINE.cutInto(7)).toThrow('7 clusters need at least as many leaves; this tree has 6.');
  });

  it('is cut at a height, which counts as below', () => {
    expect(LINE.cutAt(2)).toEqual({ clusters: 2, labels: Uint32Array.of(0, 0, 0, 0, 0, 1) });
    expect(LINE.cutAt(1.5, 3)).toEqual({
      clusters: 1,
      labels: Uint32Array.of(NO_CLUSTER, NO_CLUSTER, 0, 0, 0, NO_CLUSTER),
    });
    expect(() => LINE.cutAt(-1)).toThrow(
      'The height of a cut must be a finite number of at least 0; got -1.',
    );
  });

  it('is written as Newick, with quoted names', () => {
    expect(LINE.toNewick()).toBe('(((0:1,1:1):1,((2:1,3:1):0,4:1):1):1,5:3);');
    const named = linkage({ from: Uint32Array.of(0), to: Uint32Array.of(1), weights: Float64Array.of(2.5) });
    expect(named.toNewick({ nameOf: (leaf) => ['a b', "o'c"][leaf] })).toBe("('a b':2.5,'o''c':2.5);");
  });

  it('refuses what is not a tree', () => {
    const merges = {
      left: Uint32Array.of(0, 3),
      right: Uint32Array.of(1, 2),
      heights: Float64Array.of(1, 2),
    };
    expect(new Dendrogram(merges).sizes).toEqual(Uint32Array.of(2, 3));
    const twice = { ...merges, right: Uint32Array.of(1, 1) };
    expect(() => new Dendrogram(twice)).toThrow(
      'Merge 1 of the tree takes part 1, which is not there to be merged.',
    );
    const falling = { ...merges, heights: Float64Array.of(2, 1) };
    expect(() => new Dendrogram(falling)).toThrow('must be finite and ascend from 0; height 1 is 1 after 2.');
    const short = { ...merges, left: Uint32Array.of(0) };
    expect(() => new Dendrogram(short)).toThrow('got 1, 2 and 2');
    const cycle = { from: Uint32Array.of(0, 1), to: Uint32Array.of(1, 0), weights: Float64Array.of(1, 1) };
    expect(() => linkage(cycle)).toThrow('Edge 1 joins points 1 and 0, which are joined already.');
  });

  it('may be as deep as there are points', () => {
    const deep = chain(DEEP);
    expect(deep.sizes[DEEP - 2]).toBe(DEEP);
    expect(deep.toNewick().length).toBeGreaterThan(DEEP);
    const tree = condense(deep, 5);
    expect(tree.clusters).toBe(1);
    expect(tree.pointLevels[DEEP - 1]).toBe(1 / (DEEP - 1));
  });
});

describe('condense', () => {
  it('divides a cluster into parts of at least the least size, and loses smaller ones', () => {
    const tree = condense(LINE, 2);
    // At 3 point 5 is lost, at 2 the rest divides into 0 1 and 2 3 4, which end at 1.
    expect([...tree.parents]).toEqual([NO_PARENT, 0, 0]);
    expect([...tree.births]).toEqual([0, 1 / 2, 1 / 2]);
    expect([...tree.deaths]).toEqual([1 / 2, 1, 1]);
    expect([...tree.sizes].sort()).toEqual([2, 3, 6]);
    expect(tree.pointLevels).toEqual(Float64Array.of(1, 1, 1, 1, 1, 1 / 3));
    // One point stays until 1/3 and five until 1/2; then two and three points from 1/2 to 1.
    expect(tree.stabilities[0]).toBeCloseTo(1 / 3 + 5 / 2, 12);
    expect([...tree.stabilities.subarray(1)].sort()).toEqual([1, 1.5]);
  });

  it('takes merges at one height as one step, in any order of the edges', () => {
    // A point in the middle is as far from both pairs: it goes with the larger group, here of three.
    const weights = Float64Array.of(1, 1, 1, 4, 4);
    const ends = [
      [0, 1],
      [2, 3],
      [3, 4],
      [1, 5],
      [5, 2],
    ];
    const trees = [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
    ].map((order) =>
      condense(
        linkage({
          from: Uint32Array.from(order, (i) => ends[i][0]),
          to: Uint32Array.from(order, (i) => ends[i][1]),
          weights: Float64Array.from(order, (i) => weights[i]),
        }),
        2,
      ),
    );
    for (const { clusters, pointClusters, sizes, pointLevels } of trees) {
      expect(clusters).toBe(3);
      expect(pointClusters[5]).toBe(pointClusters[2]);
      expect(sizes[pointClusters[5]]).toBe(4);
      expect(pointLevels[5]).toBe(1 / 4);
    }
  });
});
