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
  /** Responsibilities (in scratch) from the current parameters. */
  readonly posterior: Dispatch;
  /** Each point's label and log-likelihood instead. */
  readonly recordedPosterior: Dispatch;
  readonly fromLabels: Dispatch;
  readonly fromHash: Dispatch;
  /** Adds the block to the totals, by the responsibilities in scratch. */
  readonly statistics: Dispatch;
}

/** All dispatches of a mixture session, bound once. */
export interface MixtureProgram {
  readonly blocks: readonly BlockProgram[];
  /** The totals of all blocks. */
  readonly totals: readonly Dispatch[];
  /** New means from the totals. */
  readonly means: readonly Dispatch[];
  /** New covariances from the totals. */
  readonly covariances: readonly Dispatch[];
  /** What the E-step needs, from covariances and weights. */
  readonly precisions: readonly Dispatch[];
  readonly close: readonly Dispatch[];
}

/** Uniform buffers that are written anew from call to call. */
export interface MixtureUniforms {
  readonly model: GPUBuffer;
  readonly source: GPUBuffer;
}

/** Compiles the kernels of a covariance type and binds them to every block. */
export async function buildMixtureProgram(
  context: DeviceContext,
  scope: BufferScope,
  setup: {
    readonly plan: MixturePlan;
    readonly points: DevicePoints;
    readonly blocks: readonly PlannedBlock[];
    readonly buffers: MixtureBuffers;
    readonly uniforms: MixtureUniforms;
    readonly model: EmModel;
    readonly weighted: boolean;
  },
): Promise<MixtureProgram> {
  const { plan, points, blocks, buffers, uniforms, model } = setup;
  const { triangular } = plan;
  const get = <B extends string>(kernel: Kernel<B>) => context.pipelines.get(kernel);
  const [kernels, fromLabels, fromHash, sumSlots] = await Promise.all([
    compileBlockKernels(context, plan, points, setup.weighted),
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
  const { device } = context;

  return context.guard('preparing a Gaussian mixture', () => {
    const shared = { ...buffers, model: uniforms.model };
    const precisions: Dispatch[] = triangular
      ? [
          {
            bound: bindKernel(device, factor, shared),
            grid: factorCovarianceGrid(model),
            cost: plan.factorElements * plan.columns,
          },
          {
            bound: bindKernel(device, invert, shared),
            grid: invertTriangularGrid(model),
            cost: plan.factorElements * plan.columns,
          },
        ]
      : [
          {
            bound: bindKernel(device, invertDeviations, shared),
            grid: invertDeviationsGrid(model),
            cost: 0,
          },
        ];
    precisions.push({ bound: bindKernel(device, mixing, shared), grid: mixingWeightsGrid, cost: 0 });
    return {
      blocks: blocks.map(bindBlock),
      totals: [
        ...sumOfSlots(buffers.moments, plan.momentElements),
        ...sumOfSlots(buffers.crossMoments, plan.crossElements),
      ],
      means: [{ bound: bindKernel(device, means, shared), grid: updateMeansGrid(model), cost: 0 }],
      covariances: [
        {
          bound: bindKernel(device, covariances, shared),
          grid: triangular ? covarianceTriangularGrid(model) : covarianceDiagonalGrid(model),
          cost: plan.covarianceElements,
        },
      ],
      precisions,
      close: [
        {
          bound: bindKernel(device, close, { ...shared, partials: buffers.boundPartials }),
          grid: closeIterationGrid,
          cost: 0,
        },
      ],
    };
  });

  /** Nothing to do where there is but one slot. */
  function sumOfSlots(totals: GPUBuffer, elements: number): readonly Dispatch[] {
    // The first block has the most segments.
    const slots = blocks[0]?.segments ?? 0;
    if (slots <= 1 || elements === 0) return [];
    const run = scope.uniform('mixture totals', sumSlotsRun(elements, slots));
    return [
      {
        bound: bindKernel(device, sumSlots, { state: buffers.state, totals, run }),
        grid: sumSlotsGrid(elements),
        cost: elements * slots,
      },
    ];
  }

  function bindBlock(planned: PlannedBlock): BlockProgram {
    const { chunk, rows, firstRow } = planned;
    const block = scope.uniform('mixture block', packBlock(planned));
    const rowBytes = plan.columns * (points.format === 'u8' ? 1 : 4);
    const offset = (firstRow - chunk.start) * rowBytes;
    const perPoint = (buffer: GPUBuffer): BufferSlice => ({
      buffer,
      offset: 4 * firstRow,
      size: 16 * Math.ceil(rows / 4),
    });
    const bound = {
      ...buffers,
      points: {
        buffer: chunk.slice.buffer,
        offset: chunk.slice.offset + offset,
        size: Math.min(Math.ceil((rows * rowBytes) / 4) * 4, chunk.slice.size - offset),
        part: chunk.slice.part,
      },
      weights: setup.weighted
        ? { buffer: buffers.weights, offset: 4 * firstRow, size: 4 * rows }
        : buffers.weights,
      labels: perPoint(buffers.labels),
      source: uniforms.source,
      block,
    };
    const posterior = (pipeline: typeof kernels.posterior, results: GPUBuffer | BufferSlice): Dispatch => ({
      bound: bindKernel(device, pipeline, { ...bound, results, partials: buffers.boundPartials }),
      grid: kernels.posteriorGrid(planned),
      cost: rows * rowCost(plan.columns, plan.components, plan.covarianceType),
    });
    const initial = (bindings: BoundKernel, grid: Grid): Dispatch => ({
      bound: bindings,
      grid,
      cost: rows * plan.components,
    });
    return {
      block: planned,
      posterior: posterior(kernels.posterior, buffers.responsibilities),
      recordedPosterior: posterior(kernels.recordedPosterior, perPoint(buffers.logLikelihoods)),
      fromLabels: initial(bindKernel(device, fromLabels, bound), responsibilitiesFromLabelsGrid(planned)),
      fromHash: initial(bindKernel(device, fromHash, bound), responsibilitiesFromHashGrid(planned)),
      statistics: {
        bound: kernels.bindStatistics({
          ...bound,
          totals: buffers.moments,
          crossTotals: buffers.crossMoments,
        }),
        grid: kernels.statisticsGrid(planned),
        cost: rows * rowCost(plan.columns, plan.components, plan.covarianceType),
      },
    };
  }
}
