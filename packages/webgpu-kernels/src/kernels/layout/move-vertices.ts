import { PARTS_OF_NEGATIVE, RATE_OF_ONE, type GraphLayoutOptions } from '@shoal/core/engine-kit';
import type { DispatchWork } from '../../runtime/dispatch-work.ts';
import {
  defineKernel,
  linearGrid,
  withModules,
  type Grid,
  type KernelConstants,
} from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { hashModule } from '../common/hash.ts';
import listPlaces from './list-places.wgsl';
import source from './move-vertices.wgsl';
import vectorPlaces from './vector-places.wgsl';

const rulesStruct = defineParams('Rules', {
  vertices: 'u32',
  reachable: 'u32',
  amongThemselves: 'u32',
  negatives: 'u32',
  log2A: 'f32',
  b: 'f32',
  pull: 'f32',
  push: 'f32',
});

const stepStruct = defineParams('Step', { t: 'u32', stream: 'u32', rate: 'f32' });

const moveVertices = defineKernel('move-vertices', source, {
  current: 'read',
  next: 'read-write',
  others: 'read',
  offsets: 'read',
  targets: 'read',
  rates: 'read',
  phases: 'read',
  rules: rulesStruct,
  now: stepStruct,
});

type LayoutKernel = typeof moveVertices;

/** Places as vectors of two, for two dimensions and one. */
export const moveInPlaneKernel: LayoutKernel = ofVectors('vec2f');
/** Places as vectors of four, for four dimensions and three. */
export const moveInSpaceKernel: LayoutKernel = ofVectors('vec4f');
/** Places as lists, for any number of dimensions. Constants: `dimensions`. */
export const moveListsKernel = withModules(moveVertices, 'list', [hashModule, listPlaces]);

function ofVectors(place: 'vec2f' | 'vec4f'): LayoutKernel {
  return withModules(moveVertices, place, [hashModule, vectorPlaces, `alias Place = ${place};`]);
}

/** How a layout's places are stored, and the kernel that moves them. */
export interface PlaceFormat {
  readonly kernel: LayoutKernel;
  readonly constants: KernelConstants;
  /** Values of a place: its dimensions, then zeros. */
  readonly width: number;
}

export function placeFormat(dimensions: number): PlaceFormat {
  if (dimensions <= 2) return { kernel: moveInPlaneKernel, constants: {}, width: 2 };
  if (dimensions <= 4) return { kernel: moveInSpaceKernel, constants: {}, width: 4 };
  return { kernel: moveListsKernel, constants: { dimensions }, width: dimensions };
}

/** Limits of values in float32: beyond them moves do not change any more. */
const MAX_FACTOR = 1e30;
const MAX_EXPONENT = 1e6;

/** @param reachable number of vertices, or of anchors, that edges may lead to */
export function moveVerticesRules(
  vertices: number,
  reachable: number,
  { a, b, repulsion, negatives, anchors }: GraphLayoutOptions,
): ArrayBuffer {
  const exponent = Math.min(b, MAX_EXPONENT);
  return rulesStruct.pack({
    vertices,
    reachable,
    amongThemselves: anchors === undefined,
    negatives: Math.round(negatives * PARTS_OF_NEGATIVE),
    log2A: Math.log2(a),
    b: exponent,
    pull: 2 * exponent,
    push: Math.min(MAX_FACTOR, 2 * exponent * repulsion),
  });
}

/** @param stream `hash32(seed, t)` */
export function moveVerticesStep(t: number, stream: number, rate: number): ArrayBuffer {
  return stepStruct.pack({ t, stream, rate: Math.min(MAX_FACTOR, rate) });
}

/** One thread per vertex, 64 to a workgroup. */
export function moveVerticesGrid(vertices: number): Grid {
  return linearGrid(Math.ceil(vertices / 64));
}

/** Average amounts of work in a step. */
export interface LayoutLoad {
  readonly vertices: number;
  readonly edges: number;
  /** Pulls of a step at both ends of edges, and the pushes for the edges' own pulls. */
  readonly pulls: number;
  readonly pushes: number;
}

export function layoutLoad(
  vertices: number,
  rates: Uint32Array,
  { negatives, anchors }: Pick<GraphLayoutOptions, 'negatives' | 'anchors'>,
): LayoutLoad {
  const own = rates.reduce((sum, rate) => sum + rate, 0) / RATE_OF_ONE;
  const pulls = anchors === undefined ? 2 * own : own;
  return { vertices, edges: rates.length, pulls, pushes: own * negatives };
}

/** Operations of a force: log2, exp2 and the operations around them. */
const FORCE_FLOPS = 8;
/** Operations per dimension: the difference, its square, the move, and its addition to the place. */
const DIMENSION_FLOPS = 6;

/**
 * The forces of a step. Places of vertices are read and written, rates and phases are read with every edge, a target with
 * every pull, and another place with every force; these can be anywhere in memory.
 */
export function moveVerticesWork(
  { vertices, edges, pulls, pushes }: LayoutLoad,
  width: number,
): DispatchWork {
  const forces = pulls + pushes;
  return {
    flops: Math.round(forces * (FORCE_FLOPS + DIMENSION_FLOPS * width)),
    bytes: Math.round(4 * (vertices * (2 * width + 1) + 2 * edges + pulls + forces * width)),
  };
}

/** Approximate multiply-adds of a step: a hash for a push takes as long as a dozen, testing an edge as long as four. */
export function moveVerticesCost({ edges, pulls, pushes }: LayoutLoad, width: number): number {
  return 4 * edges + 12 * pushes + (pulls + pushes) * (FORCE_FLOPS + DIMENSION_FLOPS * width);
}
