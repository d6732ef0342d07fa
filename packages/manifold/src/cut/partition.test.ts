import { matrix, Random, type Matrix } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';
import { coarsen } from './coarse-graph.ts';
import { Partition, weigh, type CutMeasures } from './partition.ts';

const POINTS = 60;
const PIECES = 9;
const CLUSTERS = 4;
const WEIGHTS = { balance: 1.5, compactness: 0.4 };

const random = new Random(3);
const points = matrix(
  Float32Array.from({ length: 3 * POINTS }, () => 50 + 4 * random.normal()),
  POINTS,
  3,
);
const pieceOf = Uint32Array.from({ length: POINTS }, () => random.integer(PIECES));
// Not symmetric: a graph may have an edge in one direction only.
const graph = {
  offsets: Uint32Array.from({ length: POINTS + 1 }, (_, i) => 5 * i),
  targets: Uint32Array.from({ length: 5 * POINTS }, () => random.integer(POINTS)),
  weights: Float32Array.from({ length: 5 * POINTS }, () => random.uniform()),
};

/** By their definitions, point by point and edge by edge. */
function measureDirectly({ offsets, targets, weights }: WeightedGraph, labels: Uint32Array): CutMeasures {
  let [cut, all] = [0, 0];
  for (let i = 0; i < POINTS; i++) {
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      all += weights[edge];
      if (labels[i] !== labels[targets[edge]]) cut += weights[edge];
    }
  }
  const shares = Array.from(
    { length: CLUSTERS },
    (_, k) => labels.filter((label) => label === k).length / POINTS,
  );
  return {
    cut: cut / all,
    imbalance: shares.reduce((sum, share) => sum + (share > 0 ? share * Math.log(CLUSTERS * share) : 0), 0),
    dispersion: inertia(points, labels) / inertia(points, new Uint32Array(POINTS)),
  };
}

function inertia({ data, rows, columns }: Matrix, labels: Uint32Array): number {
  let sum = 0;
  for (const label of new Set(labels)) {
    const members = Array.from({ length: rows }, (_, i) => i).filter((i) => labels[i] === label);
    for (let c = 0; c < columns; c++) {
      const values = members.map((i) => data[i * columns + c]);
      const mean = values.reduce((total, value) => total + value, 0) / values.length;
      sum += values.reduce((total, value) => total + (value - mean) ** 2, 0);
    }
  }
  return sum;
}

const labelsOf = ({ clusterOf }: Partition) => pieceOf.map((piece) => clusterOf[piece]);

describe('Partition', () => {
  it('gives the values of the definitions, after any number of moves', async () => {
    const coarse = await coarsen(graph, points, { pieceOf, pieces: PIECES });
    const partition = new Partition(coarse, CLUSTERS, random);
    for (let moves = 0; moves < 200; moves++) {
      const measured = partition.measures();
      const direct = measureDirectly(graph, labelsOf(partition));
      for (const name of ['cut', 'imbalance', 'dispersion'] as const) {
        expect(measured[name]).toBeCloseTo(direct[name], 10);
      }
      partition.move(random.integer(PIECES), random.integer(CLUSTERS));
    }
  });

  it('tells what a move will change', async () => {
    const coarse = await coarsen(graph, points, { pieceOf, pieces: PIECES });
    const partition = new Partition(coarse, CLUSTERS, random);
    const value = () => weigh(measureDirectly(graph, labelsOf(partition)), WEIGHTS);
    const changes = new Float64Array(CLUSTERS);
    for (let visit = 0; visit < 100; visit++) {
      const piece = random.integer(PIECES);
      const own = partition.clusterOf[piece];
      const before = value();
      for (let k = 0; k < CLUSTERS; k++) {
        partition.changes(piece, WEIGHTS, changes);
        partition.move(piece, k);
        expect(changes[k]).toBeCloseTo(value() - before, 10);
        partition.move(piece, own);
      }
      partition.move(piece, random.integer(CLUSTERS));
    }
  });

  it('is 0 for points that are all equal, and for a graph without edges', async () => {
    const equal = matrix(new Float32Array(3 * POINTS).fill(7), POINTS, 3);
    const edgeless = { ...graph, weights: graph.weights.map(() => 0) };
    const coarse = await coarsen(edgeless, equal, { pieceOf, pieces: PIECES });
    expect([...coarse.products, ...coarse.links].every((value) => value === 0)).toBe(true);
  });
});
