import { UnsupportedError } from '@shoal/core';
import { planMatrices, type MatrixPlan } from '../../kernels/kmeans/assign-matrix.ts';
import { planAssignSums, type AssignSumsPlan } from '../../kernels/kmeans/assign-sums.ts';
import { MAX_CANDIDATES, tilingPays } from '../../kernels/kmeans/candidates.ts';
import { planClusterSums, type ClusterSumsPlan } from '../../kernels/kmeans/cluster-sums.ts';
import { lacking, type ShaderFeature } from '../../runtime/features.ts';
import { matrixShape } from '../../runtime/matrix-unit.ts';
import type { KMeansResources, KMeansVariant } from './resources.ts';

/**
 * How the work is divided among kernels: assignment and sums fused in one reading of the points, or one after the
 * other, with distances as sums of squares or candidates by products.
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

/** A plan, or why a variant cannot take the device or the shape. */
type Attempt = LloydPlan | { readonly refusal: string };

/**
 * Takes the variant that is asked for by name. Else, for `fast` precision on hardware and where tiling pays, the matrix unit
 * or half floats; else what was tuned, where it can; else fuses where the sums of all clusters fit workgroup memory, and tiles
 * where that pays. A GPU emulated on the CPU gains nothing by reading points once, nor by half floats.
 *
 * @throws {UnsupportedError} when the variant asked for by name cannot take the device or the shape
 */
export function planLloyd(input: PlanInput): LloydPlan {
  if (input.variant !== undefined) {
    const attempt = tryVariant(input, input.variant);
    if ('refusal' in attempt) {
      throw new UnsupportedError(
        `The k-means variant "${input.variant}" cannot be taken: ${attempt.refusal}. Leave the variant open, or choose another.`,
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
