import {
  accumulatePartialsGrid,
  accumulatePartialsKernel,
  accumulatePartialsRun,
} from '../kernels/gmm/accumulate-partials.ts';
import { closeIterationGrid, closeIterationKernel } from '../kernels/gmm/close-iteration.ts';
import { covarianceDiagonalGrid, covarianceDiagonalKernel } from '../kernels/gmm/covariance-diagonal.ts';
import {
  covarianceTriangularGrid,
  covarianceTriangularKernel,
} from '../kernels/gmm/covariance-triangular.ts';
import { crossMomentPartialsGrid, crossMomentPartialsKernel } from '../kernels/gmm/cross-moment-partials.ts';
import { packBlock, type EmModel } from '../kernels/gmm/em-types.ts';
import { factorCovarianceGrid, factorCovarianceKernel } from '../kernels/gmm/factor-covariance.ts';
import { invertDeviationsGrid, invertDeviationsKernel } from '../kernels/gmm/invert-deviations.ts';
import { invertTriangularGrid, invertTriangularKernel } from '../kernels/gmm/invert-triangular.ts';
import { logDensityDiagonalGrid, logDensityDiagonalKernel } from '../kernels/gmm/log-density-diagonal.ts';
import {
  logDensityTriangularGrid,
  logDensityTriangularKernel,
} from '../kernels/gmm/log-density-triangular.ts';
import { mixingWeightsGrid, mixingWeightsKernel } from '../kernels/gmm/mixing-weights.ts';
import { momentPartialsGrid, momentPartialsKernel } from '../kernels/gmm/moment-partials.ts';
import {
  normalizeResponsibilitiesGrid,
  normalizeResponsibilitiesKernel,
} from '../kernels/gmm/normalize-responsibilities.ts';
import {
  responsibilitiesFromHashGrid,
  responsibilitiesFromHashKernel,
} from '../kernels/gmm/responsibilities-from-hash.ts';
import {
  responsibilitiesFromLabelsGrid,
  responsibilitiesFromLabelsKernel,
} from '../kernels/gmm/responsibilities-from-labels.ts';
import { updateMeansGrid, updateMeansKernel } from '../kernels/gmm/update-means.ts';
import { forPoints, pointConstants } from '../points/access.ts';
import type { DevicePoints } from '../points/device-points.ts';
import type { BufferScope, BufferSlice } from '../runtime/buffers.ts';
import type { DeviceContext } from '../runtime/device.ts';
import type { Dispatch } from '../runtime/dispatch.ts';
import type { Kernel, KernelConstants } from '../runtime/kernel.ts';
import { bindKernel } from '../runtime/pipeline-cache.ts';
import type { MixtureBuffers } from './gmm-buffers.ts';
import { rowCost, type MixtureShape, type PlannedBlock } from './gmm-shape.ts';

/** The dispatches of one block of rows. */
interface BlockProgram {
  readonly block: PlannedBlock;
  /** Responsibilities (in scratch) from the current parameters. */
  readonly posterior: readonly Dispatch[];
  /** The same, keeping each point's label and log-likelihood. */
  readonly recordedPosterior: readonly Dispatch[];
  readonly fromLabels: readonly Dispatch[];
  readonly fromHash: readonly Dispatch[];
  /** Adds the block to the totals, by the responsibilities in scratch. */
  readonly statistics: readonly Dispatch[];
}

/** All dispatches of a mixture session, bound once. */
export interface MixtureProgram {
  readonly blocks: readonly BlockProgram[];
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
    readonly shape: MixtureShape;
    readonly points: DevicePoints;
    readonly blocks: readonly PlannedBlock[];
    readonly buffers: MixtureBuffers;
    readonly uniforms: MixtureUniforms;
    readonly model: EmModel;
    readonly weighted: boolean;
  },
): Promise<MixtureProgram> {
  const { shape, points, blocks, buffers, uniforms, model } = setup;
  const { triangular } = shape;
  const get = <B extends string>(kernel: Kernel<B>, constants?: KernelConstants) =>
    context.pipelines.get(kernel, constants);
  const scale = pointConstants(points);
  const weighted = { weighted: setup.weighted ? 1 : 0 };
  const [logDensity, normalize, record, fromLabels, fromHash, moments, crossMoments, accumulate] =
    await Promise.all([
      get(
        forPoints(triangular ? logDensityTriangularKernel : logDensityDiagonalKernel, points.format),
        scale,
      ),
      get(normalizeResponsibilitiesKernel, weighted),
      get(normalizeResponsibilitiesKernel, { ...weighted, record: 1 }),
      get(responsibilitiesFromLabelsKernel),
      get(responsibilitiesFromHashKernel),
      get(forPoints(momentPartialsKernel, points.format), { ...scale, ...weighted }),
      get(forPoints(crossMomentPartialsKernel, points.format), { ...scale, ...weighted }),
      get(accumulatePartialsKernel),
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
  const { state } = buffers;

  return context.guard('preparing a Gaussian mixture', () => {
    const shared = { ...buffers, model: uniforms.model };
    const precisions: Dispatch[] = triangular
      ? [
          {
            bound: bindKernel(device, factor, shared),
            grid: factorCovarianceGrid(model),
            cost: shape.factorElements * shape.columns,
          },
          {
            bound: bindKernel(device, invert, shared),
            grid: invertTriangularGrid(model),
            cost: shape.factorElements * shape.columns,
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
      blocks: blocks.map((block, index) => bindBlock(block, index === 0)),
      means: [{ bound: bindKernel(device, means, shared), grid: updateMeansGrid(model), cost: 0 }],
      covariances: [
        {
          bound: bindKernel(device, covariances, shared),
          grid: triangular ? covarianceTriangularGrid(model) : covarianceDiagonalGrid(model),
          cost: shape.covarianceElements,
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

  function bindBlock(planned: PlannedBlock, first: boolean): BlockProgram {
    const { chunk, rows, firstRow, segments } = planned;
    const block = scope.uniform('mixture block', packBlock(planned));
    const rowBytes = shape.columns * (points.format === 'u8' ? 1 : 4);
    const offset = (firstRow - chunk.start) * rowBytes;
    const perPoint = (buffer: GPUBuffer): BufferSlice => ({ buffer, offset: 4 * firstRow, size: 4 * rows });
    const bound = {
      ...buffers,
      points: {
        buffer: chunk.slice.buffer,
        offset: chunk.slice.offset + offset,
        size: Math.min(Math.ceil((rows * rowBytes) / 4) * 4, chunk.slice.size - offset),
        part: chunk.slice.part,
      },
      weights: setup.weighted ? perPoint(buffers.weights) : buffers.weights,
      labels: perPoint(buffers.labels),
      logLikelihoods: perPoint(buffers.logLikelihoods),
      logDensities: buffers.responsibilities,
      source: uniforms.source,
      block,
    };
    const density: Dispatch = {
      bound: bindKernel(device, logDensity, bound),
      grid: triangular ? logDensityTriangularGrid(planned) : logDensityDiagonalGrid(planned),
      cost: rows * rowCost(shape),
    };
    const normalized = (pipeline: typeof normalize): Dispatch => ({
      bound: bindKernel(device, pipeline, { ...bound, partials: buffers.boundPartials }),
      grid: normalizeResponsibilitiesGrid(planned),
      cost: rows * shape.components,
    });
    const accumulated = (partials: GPUBuffer, totals: GPUBuffer, elements: number): Dispatch => ({
      bound: bindKernel(device, accumulate, {
        partials,
        state,
        totals,
        run: scope.uniform('mixture totals', accumulatePartialsRun(elements, segments, first)),
      }),
      grid: accumulatePartialsGrid(elements),
      cost: elements * segments,
    });
    const statistics: Dispatch[] = [
      {
        bound: bindKernel(device, moments, { ...bound, partials: buffers.momentPartials }),
        grid: momentPartialsGrid(planned),
        cost: rows * shape.components * shape.columns,
      },
      accumulated(buffers.momentPartials, buffers.moments, shape.momentElements),
    ];
    if (triangular) {
      statistics.push(
        {
          bound: bindKernel(device, crossMoments, { ...bound, partials: buffers.crossPartials }),
          grid: crossMomentPartialsGrid(planned),
          cost: rows * rowCost(shape),
        },
        accumulated(buffers.crossPartials, buffers.crossMoments, shape.crossElements),
      );
    }
    return {
      block: planned,
      posterior: [density, normalized(normalize)],
      recordedPosterior: [density, normalized(record)],
      fromLabels: [
        {
          bound: bindKernel(device, fromLabels, bound),
          grid: responsibilitiesFromLabelsGrid(planned),
          cost: rows * shape.components,
        },
      ],
      fromHash: [
        {
          bound: bindKernel(device, fromHash, bound),
          grid: responsibilitiesFromHashGrid(planned),
          cost: rows * shape.components,
        },
      ],
      statistics,
    };
  }
}
