import { UnsupportedError } from '@shoal/core';
import { planMatrices, type MatrixPlan } from '../../kernels/kmeans/assign-matrix.ts';
import { planAssignSums, type AssignSumsPlan } from '../../kernels/kmeans/assign-sums.ts';
import { MAX_CANDIDATES, tilingPays } from '../../kernels/kmeans/candidates.ts';
import { planClusterSums, type ClusterSumsPlan } from '../../kernels/kmeans/cluster-sums.ts';
import { lacking, type ShaderFeature } from '../../runtime/features.ts';
import { matrixShape } from '../../runtime/matrix-unit.ts';
import type { KMeansResources, KMeansVariant } from './resources.ts';

/**
 * How the work is divided among kernels: assignment and sums fused, so that points are read once, or one after the other,
 * with distances as sums of squares or candidates by products.
 */
export type LloydPlan =
  | { readonly variant: 'fused'; readonly blocks: number; readonly fused: AssignSumsPlan }
  | UnfusedPlan<'straight' | 'tiled' | 'half'>
  | (UnfusedPlan<'matrix' | 'split-matrix'> & { readonly matrices: MatrixPlan });

interface UnfusedPlan<Variant> {
  readonly variant: Variant;
  readonly blocks: number;
  readonly sums: ClusterSumsPlan;
}

/** Inputs of `planLloyd`. */
type PlanInput = Pick<KMeansResources, 'context' | 'points' | 'clusters' | 'precision' | 'variant' | 'tuned'>;

/** A plan, or why a variant does not work with the device or the shape. */
type Attempt = LloydPlan | { readonly refusal: string };

/**
 * Chooses the variant. First the one that is requested by name. Else, for `fast` precision on hardware and where tiles are
 * faster, the matrix unit or half floats. Else the tuned variant, if it works here. Else `fused` where the sums of all
 * clusters fit workgroup memory, or `tiled` where tiles are faster. On a GPU emulated on the CPU, reading points once and
 * half floats are not faster.
 *
 * @throws {UnsupportedError} when the variant that is requested by name does not work with the device or the shape
 */
export function planLloyd(input: PlanInput): LloydPlan {
  if (input.variant !== undefined) {
    const attempt = tryVariant(input, input.variant);
    if ('refusal' in attempt) {
      throw new UnsupportedError(
        `The k-means variant "${input.variant}" cannot run: ${attempt.refusal}. Leave the variant out, or choose another one.`,
      );
    }
    return attempt;
  }
  for (const variant of preferred(input)) {
    const attempt = tryVariant(input, variant);
    if (!('refusal' in attempt)) return attempt;
  }
  return unfused(input, 'straight');
}

/** Variants in the order in which they are tried. */
function preferred({ context, points, clusters, precision, tuned }: PlanInput): KMeansVariant[] {
  const pays = tilingPays(points.columns, clusters);
  const fast = precision === 'fast' && pays && !context.software;
  return [
    ...(fast ? (['matrix', 'half'] as const) : []),
    ...(tuned ? [tuned] : []),
    ...(context.software ? [] : (['fused'] as const)),
    ...(pays ? (['tiled'] as const) : []),
  ];
}

function tryVariant(input: PlanInput, variant: KMeansVariant): Attempt {
  const { context, points, clusters } = input;
  const memory = context.device.limits.maxComputeWorkgroupStorageSize;
  switch (variant) {
    case 'straight':
      return unfused(input, variant);
    case 'fused': {
      const fused = planAssignSums(points.chunks[0].rows, points.columns, clusters, memory);
      if (fused) return { variant, blocks: fused.groups, fused };
      return {
        refusal:
          `the sums of ${clusters} clusters of ${points.columns} columns do not fit ` +
          `the ${memory} bytes of this device's workgroup memory`,
      };
    }
    case 'tiled':
      return tooMany(clusters) ?? unfused(input, variant);
    case 'half':
      return tooMany(clusters) ?? without(input, ['shader-f16']) ?? unfused(input, variant);
    case 'matrix':
    case 'split-matrix':
      return tooMany(clusters) ?? tryMatrices(input, variant, memory);
  }
}

function tryMatrices(input: PlanInput, variant: 'matrix' | 'split-matrix', memory: number): Attempt {
  const lack = without(input, ['shader-f16', 'subgroups', 'chromium-experimental-subgroup-matrix']);
  if (lack) return lack;
  const shape = matrixShape(input.context.adapterInfo);
  if (!shape) return { refusal: 'this device names no products of half floats with float32 sums' };
  const matrices = planMatrices(shape, memory, variant === 'split-matrix');
  if (matrices) return { ...unfused(input, variant), matrices };
  const { m, n, k, lanes } = shape;
  return {
    refusal:
      `matrices of ${m} x ${n} x ${k} by ${lanes} threads do not divide its tiles, ` +
      `or these do not fit the ${memory} bytes of this device's workgroup memory`,
  };
}

function unfused<Variant>({ points, clusters }: PlanInput, variant: Variant): UnfusedPlan<Variant> {
  const sums = planClusterSums(points.chunks[0].rows, points.columns, clusters);
  return { variant, blocks: sums.blocks, sums };
}

function tooMany(clusters: number): { readonly refusal: string } | undefined {
  if (clusters <= MAX_CANDIDATES) return undefined;
  return { refusal: `it tells at most ${MAX_CANDIDATES} clusters apart, and there are ${clusters}` };
}

function without(
  { context }: PlanInput,
  features: readonly ShaderFeature[],
): { readonly refusal: string } | undefined {
  const missing = lacking(context.device, features);
  return missing && { refusal: `this device does not have the feature "${missing}"` };
}
