import { InvalidArgumentError, ShapeError } from '../../errors.ts';
import {
  MAX_NEGATIVES,
  MAX_STEPS,
  RATE_OF_ONE,
  type GraphLayoutOptions,
  type SparseGraph,
} from './session.ts';
import { assertCount, assertLength } from '../session-input.ts';

/**
 * Checks the arguments of `createGraphLayout`.
 *
 * @returns the number of vertices that edges may lead to
 * @throws {ShapeError} when lengths disagree
 * @throws {InvalidArgumentError} when a value is out of its range
 */
export function assertLayout(
  { offsets, targets, rates }: SparseGraph,
  positions: Float32Array,
  options: GraphLayoutOptions,
): number {
  const { dimensions, steps, anchors } = options;
  assertCount('The number of dimensions', dimensions);
  assertCount('The number of steps', steps);
  if (steps > MAX_STEPS) {
    throw new InvalidArgumentError(`A layout takes at most ${MAX_STEPS} steps; got ${steps}.`);
  }
  assertShapeOfCurve(options);
  const vertices = offsets.length - 1;
  assertCount('The number of vertices', vertices);
  assertLength('The positions', positions, vertices * dimensions);
  assertFinite('Position', positions);
  if (anchors !== undefined) {
    if (anchors.length === 0 || anchors.length % dimensions !== 0) {
      throw new ShapeError(
        `Anchors in ${dimensions} dimensions must hold a multiple of ${dimensions} values; got ${anchors.length}.`,
      );
    }
    assertFinite('Anchor', anchors);
  }
  const reachable = (anchors ?? positions).length / dimensions;
  assertOffsets(offsets, targets.length);
  assertLength('The rates of the edges', rates, targets.length);
  const outside = targets.findIndex((target) => target >= reachable);
  if (outside >= 0) {
    throw new InvalidArgumentError(
      `Edge ${outside} leads to vertex ${targets[outside]}; there are only ${reachable} vertices that edges may lead to.`,
    );
  }
  const wrong = rates.findIndex((rate) => rate > RATE_OF_ONE);
  if (wrong >= 0) {
    throw new InvalidArgumentError(
      `The rate of edge ${wrong} is ${rates[wrong]}; at most ${RATE_OF_ONE} may be.`,
    );
  }
  return reachable;
}

function assertShapeOfCurve({ a, b, repulsion, negatives, learningRate, seed }: GraphLayoutOptions): void {
  for (const [name, value] of Object.entries({ a, b, learningRate })) {
    if (!(value > 0 && value < Infinity)) {
      throw new InvalidArgumentError(`${name} must be a finite number above 0; got ${value}.`);
    }
  }
  if (!(repulsion >= 0 && repulsion < Infinity)) {
    throw new InvalidArgumentError(`repulsion must be a finite number of at least 0; got ${repulsion}.`);
  }
  if (!(negatives >= 0 && negatives <= MAX_NEGATIVES)) {
    throw new InvalidArgumentError(`negatives must be from 0 to ${MAX_NEGATIVES}; got ${negatives}.`);
  }
  if (seed >>> 0 !== seed) {
    throw new InvalidArgumentError(`A layout's seed must be a whole number from 0 to 2^32 - 1; got ${seed}.`);
  }
}

function assertOffsets(offsets: Uint32Array, edges: number): void {
  const last = offsets.length - 1;
  const descends = offsets.findIndex((offset, i) => i > 0 && offset < offsets[i - 1]);
  if (descends > 0 || offsets[0] !== 0 || offsets[last] !== edges) {
    throw new ShapeError(
      `Offsets must ascend from 0 to the number of edges, ${edges}; ` +
        (descends > 0
          ? `offset ${descends} is ${offsets[descends]} after ${offsets[descends - 1]}.`
          : `they go from ${offsets[0]} to ${offsets[last]}.`),
    );
  }
}

function assertFinite(what: string, values: Float32Array): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new InvalidArgumentError(`${what} value ${at} is ${values[at]}; all must be finite.`);
}
