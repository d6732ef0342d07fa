import { closeIterationGrid, closeIterationKernel } from '../../kernels/mixture/close-iteration.ts';
import {
  covarianceDiagonalGrid,
  covarianceDiagonalKernel,
} from '../../kernels/mixture/covariance-diagonal.ts';
import {
  covarianceTriangularGrid,
  covarianceTriangularKernel,
} from '../../kernels/mixture/covariance-triangular.ts';
import { packBlock, type EmModel } from '../../kernels/mixture/em-types.ts';
import { factorCovarianceGrid, factorCovarianceKernel } from '../../kernels/mixture/factor-covariance.ts';
import { invertDeviationsGrid, invertDeviationsKernel } from '../../kernels/mixture/invert-deviations.ts';
import { invertTriangularGrid, invertTriangularKernel } from '../../kernels/mixture/invert-triangular.ts';
import { mixingWeightsGrid, mixingWeightsKernel } from '../../kernels/mixture/mixing-weights.ts';
import {
  responsibilitiesFromHashGrid,
  responsibilitiesFromHashKernel,
} from '../../kernels/mixture/responsibilities-from-hash.ts';
import {
  responsibilitiesFromLabelsGrid,
  responsibilitiesFromLabelsKernel,
} from '../../kernels/mixture/responsibilities-from-labels.ts';
import { sumSlotsGrid, sumSlotsKernel, sumSlotsRun } from '../../kernels/mixture/sum-slots.ts';
import { updateMeansGrid, updateMeansKernel } from '../../kernels/mixture/update-means.ts';
import type { DevicePoints } from '../../points/device-points.ts';
import type { BufferScope, BufferSlice } from '../../runtime/buffers.ts';
import type { DeviceContext } from '../../runtime/device.ts';
import type { Dispatch } from '../../runtime/dispatch.ts';
import type { Grid, Kernel } from '../../runtime/kernel.ts';
import { bindKernel, type BoundKernel } from '../../runtime/pipeline-cache.ts';
import type { MixtureBuffers } from './buffers.ts';
import { compileBlockKernels } from './block-kernels.ts';
import { rowCost, type MixturePlan, type PlannedBlock } from './plan.ts';

/** The dispatches of one block of rows. */
interface BlockProgram {
  readonly block: PlannedBlock;
  /** Computes responsibilities (in scratch) from the current parameters. */
  readonly posterior: Dispatch;
  /** Computes each point's label and log-likelihood instead. */
  readonly recordedPosterior: Dispatch;
  readonly fromLabels: Dispatch;
  readonly fromHash: Dispatch;
  /** Adds the block to the totals, with the responsibilities in scratch. */
  readonly statistics: Dispatch;
}

/** All dispatches of a mixture session, bound once. */
export interface MixtureProgram {
  readonly blocks: readonly BlockProgram[];
  /** Adds up the totals of all blocks. */
  readonly totals: readonly Dispatch[];
  /** Computes new means from the totals. */
  readonly means: readonly Dispatch[];
  /** Computes new covariances from the totals. */
  readonly covariances: readonly Dispatch[];
  /** Computes the inputs of the E-step from covariances and weights. */
  readonly precisions: readonly Dispatch[];
  readonly close: readonly Dispatch[];
}

/** Uniform buffers that are written for every call. */
export interface MixtureUniforms {
  readonly model: GPUBuffer;
  readonly source: GPUBuffer;
}

/** The inputs of a program. */
interface MixtureSetup {
  readonly plan: MixturePlan;
  readonly points: DevicePoints;
  readonly blocks: readonly PlannedBlock[];
  readonly buffers: MixtureBuffers;
  readonly uniforms: MixtureUniforms;
  readonly model: EmModel;
  readonly weighted: boolean;
}

/** Compiles the kernels of a covariance type and binds them to every block. */
export async function buildMixtureProgram(
  context: DeviceContext,
  scope: BufferScope,
  setup: MixtureSetup,
): Promise<MixtureProgram> {
  const kernels = await compile(context, setup);
  const bind = { device: context.device, scope, kernels };
  return context.guard('preparing a Gaussian mixture', () => ({
    blocks: setup.blocks.map((block) => bindBlock(bind, setup, block)),
    ...bindMStep(bind, setup),
  }));
}

async function compile(context: DeviceContext, { plan, points, weighted }: MixtureSetup) {
  const { triangular } = plan;
  const get = <B extends string>(kernel: Kernel<B>) => context.pipelines.get(kernel);
  const [block, fromLabels, fromHash, sumSlots] = await Promise.all([
    compileBlockKernels(context, plan, points, weighted),
    get(responsibilitiesFromLabelsKernel),
    get(responsibilitiesFromHashKernel),
    get(sumSlotsKernel),
  ]);
  const [means, covariances, mixing, close] = await Promise.all([
    get(updateMeansKernel),
    triangular ? get(covarianceTriangularKernel) : get(covarianceDiagonalKernel),
    get(mixingWeightsKernel),
    get(closeIterationKernel),
  ]);
  const [factor, invert, invertDeviations] = await Promise.all([
    get(factorCovarianceKernel),
    get(invertTriangularKernel),
    get(invertDeviationsKernel),
  ]);
  return {
    block,
    fromLabels,
    fromHash,
    sumSlots,
    means,
    covariances,
    mixing,
    close,
    factor,
    invert,
    invertDeviations,
  };
}

/** The resources for binding kernels. */
interface Binding {
  readonly device: GPUDevice;
  readonly scope: BufferScope;
  readonly kernels: Awaited<ReturnType<typeof compile>>;
}

/** The dispatches after the blocks of an iteration. */
function bindMStep(
  binding: Binding,
  { plan, blocks, buffers, uniforms, model }: MixtureSetup,
): Omit<MixtureProgram, 'blocks'> {
  const { device, kernels } = binding;
  const { triangular } = plan;
  const shared = { ...buffers, model: uniforms.model };
  const factors = plan.factorElements * plan.columns;
  const precisions: Dispatch[] = triangular
    ? [
        {
          bound: bindKernel(device, kernels.factor, shared),
          grid: factorCovarianceGrid(model),
          cost: factors,
        },
        {
          bound: bindKernel(device, kernels.invert, shared),
          grid: invertTriangularGrid(model),
          cost: factors,
        },
      ]
    : [
        {
          bound: bindKernel(device, kernels.invertDeviations, shared),
          grid: invertDeviationsGrid(model),
          cost: 0,
        },
      ];
  // The first block has the most segments.
  const slots = blocks[0]?.segments ?? 0;
  return {
    totals: [
      ...sumOfSlots(binding, buffers, buffers.moments, plan.momentElements, slots),
      ...sumOfSlots(binding, buffers, buffers.crossMoments, plan.crossElements, slots),
    ],
    means: [{ bound: bindKernel(device, kernels.means, shared), grid: updateMeansGrid(model), cost: 0 }],
    covariances: [
      {
        bound: bindKernel(device, kernels.covariances, shared),
        grid: triangular ? covarianceTriangularGrid(model) : covarianceDiagonalGrid(model),
        cost: plan.covarianceElements,
      },
    ],
    precisions: [
      ...precisions,
      { bound: bindKernel(device, kernels.mixing, shared), grid: mixingWeightsGrid, cost: 0 },
    ],
    close: [
      {
        bound: bindKernel(device, kernels.close, { ...shared, partials: buffers.boundPartials }),
        grid: closeIterationGrid,
        cost: 0,
      },
    ],
  };
}

/** Nothing to do with only one slot. */
function sumOfSlots(
  { device, scope, kernels }: Binding,
  { state }: MixtureBuffers,
  totals: GPUBuffer,
  elements: number,
  slots: number,
): readonly Dispatch[] {
  if (slots <= 1 || elements === 0) return [];
  const run = scope.uniform('mixture totals', sumSlotsRun(elements, slots));
  return [
    {
      bound: bindKernel(device, kernels.sumSlots, { state, totals, run }),
      grid: sumSlotsGrid(elements),
      cost: elements * slots,
    },
  ];
}

/** The bindings of a block's kernels. */
function blockBindings(scope: BufferScope, setup: MixtureSetup, planned: PlannedBlock) {
  const { plan, points, buffers, uniforms, weighted } = setup;
  const { chunk, rows, firstRow } = planned;
  const rowBytes = plan.columns * (points.format === 'u8' ? 1 : 4);
  const offset = (firstRow - chunk.start) * rowBytes;
  return {
    ...buffers,
    points: {
      buffer: chunk.slice.buffer,
      offset: chunk.slice.offset + offset,
      size: Math.min(Math.ceil((rows * rowBytes) / 4) * 4, chunk.slice.size - offset),
      part: chunk.slice.part,
    },
    weights: weighted ? { buffer: buffers.weights, offset: 4 * firstRow, size: 4 * rows } : buffers.weights,
    labels: perPoint(buffers.labels, planned),
    source: uniforms.source,
    block: scope.uniform('mixture block', packBlock(planned)),
  };
}

/** A block's part of an array of one element per point. */
function perPoint(buffer: GPUBuffer, { rows, firstRow }: PlannedBlock): BufferSlice {
  return { buffer, offset: 4 * firstRow, size: 16 * Math.ceil(rows / 4) };
}

function bindBlock(
  { device, scope, kernels }: Binding,
  setup: MixtureSetup,
  planned: PlannedBlock,
): BlockProgram {
  const { plan, buffers } = setup;
  const { rows } = planned;
  const bindings = blockBindings(scope, setup, planned);
  const whole = rows * rowCost(plan.columns, plan.components, plan.covarianceType);
  const { block } = kernels;
  const posterior = (pipeline: typeof block.posterior, results: GPUBuffer | BufferSlice): Dispatch => ({
    bound: bindKernel(device, pipeline, { ...bindings, results, partials: buffers.boundPartials }),
    grid: block.posteriorGrid(planned),
    cost: whole,
  });
  const initial = (bound: BoundKernel, grid: Grid): Dispatch => ({
    bound,
    grid,
    cost: rows * plan.components,
  });
  return {
    block: planned,
    posterior: posterior(block.posterior, buffers.responsibilities),
    recordedPosterior: posterior(block.recordedPosterior, perPoint(buffers.logLikelihoods, planned)),
    fromLabels: initial(
      bindKernel(device, kernels.fromLabels, bindings),
      responsibilitiesFromLabelsGrid(planned),
    ),
    fromHash: initial(bindKernel(device, kernels.fromHash, bindings), responsibilitiesFromHashGrid(planned)),
    statistics: {
      bound: block.bindStatistics({
        ...bindings,
        totals: buffers.moments,
        crossTotals: buffers.crossMoments,
      }),
      grid: block.statisticsGrid(planned),
      cost: whole,
    },
  };
}
