import {
  crossMomentsConstants,
  crossMomentsGrid,
  crossMomentsKernel,
} from '../../kernels/mixture/cross-moments.ts';
import type { EmBlock } from '../../kernels/mixture/em-types.ts';
import { momentsConstants, momentsGrid, momentsKernel } from '../../kernels/mixture/moments.ts';
import {
  posteriorDiagonalConstants,
  posteriorDiagonalGrid,
  posteriorDiagonalKernel,
} from '../../kernels/mixture/posterior-diagonal.ts';
import {
  posteriorTriangularConstants,
  posteriorTriangularGrid,
  posteriorTriangularKernel,
} from '../../kernels/mixture/posterior-triangular.ts';
import { forPoints, pointConstants } from '../../points/access.ts';
import type { DevicePoints } from '../../points/device-points.ts';
import type { BufferSlice } from '../../runtime/buffers.ts';
import type { DeviceContext } from '../../runtime/device.ts';
import type { Grid, KernelConstants } from '../../runtime/kernel.ts';
import { bindKernel, type BoundKernel, type Pipeline } from '../../runtime/pipeline-cache.ts';
import type { MixturePlan } from './plan.ts';

type Bindings<Kernel extends { readonly bindings: Readonly<Record<string, unknown>> }> =
  keyof Kernel['bindings'] & string;

/** The kernels that run once per block of rows and iteration, compiled. */
export interface BlockKernels {
  readonly posterior: Pipeline<Bindings<typeof posteriorDiagonalKernel>>;
  readonly recordedPosterior: Pipeline<Bindings<typeof posteriorDiagonalKernel>>;
  posteriorGrid(block: EmBlock): Grid;
  bindStatistics(
    buffers: Readonly<Record<Bindings<typeof crossMomentsKernel>, GPUBuffer | BufferSlice>>,
  ): BoundKernel;
  statisticsGrid(block: EmBlock): Grid;
}

/** Compiles the kernels for the covariance type and the shape. */
export async function compileBlockKernels(
  { pipelines, device }: DeviceContext,
  { kernels }: MixturePlan,
  points: DevicePoints,
  isWeighted: boolean,
): Promise<BlockKernels> {
  const { format } = points;
  const common: KernelConstants = { ...pointConstants(points), weighted: isWeighted ? 1 : 0 };
  if (kernels.triangular) {
    const posterior = { ...common, ...posteriorTriangularConstants(kernels.posterior) };
    const kernel = forPoints(posteriorTriangularKernel, format);
    const statistics = await pipelines.get(forPoints(crossMomentsKernel, format), {
      ...common,
      ...crossMomentsConstants(kernels.statistics),
    });
    return {
      posterior: await pipelines.get(kernel, posterior),
      recordedPosterior: await pipelines.get(kernel, { ...posterior, record: 1 }),
      posteriorGrid: (block) => posteriorTriangularGrid(kernels.posterior, block),
      bindStatistics: (buffers) => bindKernel(device, statistics, buffers),
      statisticsGrid: (block) => crossMomentsGrid(kernels.statistics, block),
    };
  }
  const posterior = { ...common, ...posteriorDiagonalConstants(kernels.posterior) };
  const kernel = forPoints(posteriorDiagonalKernel, format);
  const statistics = await pipelines.get(forPoints(momentsKernel, format), {
    ...common,
    ...momentsConstants(kernels.statistics),
  });
  return {
    posterior: await pipelines.get(kernel, posterior),
    recordedPosterior: await pipelines.get(kernel, { ...posterior, record: 1 }),
    posteriorGrid: (block) => posteriorDiagonalGrid(kernels.posterior, block),
    bindStatistics: (buffers) => bindKernel(device, statistics, buffers),
    statisticsGrid: (block) => momentsGrid(kernels.statistics, block),
  };
}
