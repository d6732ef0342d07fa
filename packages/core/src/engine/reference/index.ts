import { assertFinite, type Matrix, type Points } from '../../matrix.ts';
import { UnsupportedError } from '../../errors.ts';
import { areParted, type PartedPoints } from '../../parts/parted-points.ts';
import type { Engine } from '../engine.ts';
import type { KMeansSessionOptions } from '../kmeans/session.ts';
import { assertLayout } from '../layout/input.ts';
import type { GaussianMixtureSessionOptions } from '../mixture/session.ts';
import type { SessionOptions } from '../session.ts';
import { assertCount, assertNeighbors, assertSamples, assertWeights } from '../session-input.ts';
import { ReferenceGaussianMixtureSession } from './mixture/session.ts';
import { ReferenceGraphLayoutSession } from './layout/session.ts';
import { ReferenceKMeansSession } from './kmeans/session.ts';
import { EngineLife } from './life.ts';
import { ReferenceMatrixProductSession } from './products/session.ts';
import { ReferenceNeighborSearchSession } from './neighbors/session.ts';
import { ReferenceSpanningSession } from './spanning/session.ts';

/**
 * The reference engine: plain TypeScript loops in float64 on one thread, which the tests of the other engines compare
 * with. It needs only JavaScript, and reads only host matrices.
 */
export function createReferenceEngine(): Engine {
  const life = new EngineLife();
  // The sessions of points that are visited row by row, whether they are in parts or not.
  const sessions = {
    async createKMeans(points: Points | PartedPoints, options: KMeansSessionOptions) {
      life.assertAlive();
      const rows = rowsOnHost(points);
      assertCount('The number of clusters', options.clusters);
      assertWeights(options.weights, rows.rows);
      return new ReferenceKMeansSession(rows, options, life);
    },
    async createGaussianMixture(points: Points | PartedPoints, options: GaussianMixtureSessionOptions) {
      life.assertAlive();
      const rows = rowsOnHost(points);
      assertCount('The number of components', options.components);
      assertWeights(options.weights, rows.rows);
      return new ReferenceGaussianMixtureSession(rows, options, life);
    },
    async createMatrixProducts(points: Points | PartedPoints, options: SessionOptions = {}) {
      life.assertAlive();
      const rows = rowsOnHost(points);
      assertWeights(options.weights, rows.rows);
      return new ReferenceMatrixProductSession(rows, options, life);
    },
  };
  return {
    name: 'reference',
    info: {
      device: 'JavaScript, 1 thread',
      software: false,
      precision: 'float64',
      features: [],
      limits: {},
    },
    ...sessions,
    inParts: sessions,
    async createNeighborSearch(points, options) {
      life.assertAlive();
      const matrix = hostMatrix(points);
      assertNeighbors(options.neighbors, matrix.rows);
      return new ReferenceNeighborSearchSession(matrix, options, life);
    },
    async createSpanning(points, options) {
      life.assertAlive();
      const matrix = hostMatrix(points);
      assertSamples(options.minSamples, matrix.rows);
      return new ReferenceSpanningSession(matrix, options, life);
    },
    async createGraphLayout(graph, positions, options) {
      life.assertAlive();
      assertLayout(graph, positions, options);
      return new ReferenceGraphLayoutSession(graph, positions, options, life);
    },
    async scaleRows(points) {
      life.assertAlive();
      throw notHere(points);
    },
    async download(points) {
      life.assertAlive();
      throw notHere(points);
    },
    destroy() {
      life.end();
    },
    [Symbol.dispose]() {
      this.destroy();
    },
  };
}

/** Parts are checked when they are loaded. */
function rowsOnHost(points: Points | PartedPoints): Matrix | PartedPoints {
  return areParted(points) ? points : hostMatrix(points);
}

function hostMatrix(points: Points): Matrix {
  if (points.location === 'device') throw notHere(points);
  assertFinite(points);
  return points;
}

function notHere(points: Points): UnsupportedError {
  const where = points.location === 'device' ? `the ${points.engine} engine's device` : 'the host';
  return new UnsupportedError(
    `The reference engine has no device, but these points live on ${where}; download them or use that engine.`,
  );
}
