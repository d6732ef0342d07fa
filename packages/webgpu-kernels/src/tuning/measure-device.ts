import { copyGrid, copyKernel, copyParams } from '../kernels/probes/copy.ts';
import {
  FLOPS_PER_ROUND,
  multiplyAddGrid,
  multiplyAddKernel,
  multiplyAddParams,
} from '../kernels/probes/multiply-add.ts';
import { DeviceContext } from '../runtime/device.ts';
import { Commands, type Dispatch } from '../runtime/dispatch.ts';
import { bindKernel } from '../runtime/pipeline-cache.ts';

/** The highest rates of a device. */
export interface DeviceCeilings {
  /** Fused float32 multiplications and additions, GFLOP/s; each is two operations. */
  readonly multiplyAdd: number;
  /** Bytes read and written by copying memory, GB/s. */
  readonly copy: number;
}

export interface MeasureDeviceOptions {
  /** Tiny work, which only shows that the measurement works, and nothing about speed. */
  readonly quick?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Far more than the size of a device's caches. */
const COPY_BYTES = 2 ** 28;
const THREADS = 2 ** 20;
/** A measurement starts and ends on the host, so it must take much longer than these steps. */
const MIN_SECONDS = 0.05;
const ATTEMPTS = 3;

/**
 * Measures the highest rates of a device, each as the best of three.
 *
 * @throws {DeviceError} when the device fails
 * @throws the signal's reason when it is aborted
 */
export async function measureDevice(
  device: GPUDevice,
  { quick = false, signal }: MeasureDeviceOptions = {},
): Promise<DeviceCeilings> {
  const context = new DeviceContext(device, { software: false });
  const scope = context.createScope();
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
  const bytes = Math.min(quick ? 2 ** 16 : COPY_BYTES, most - (most % 16));
  const threads = quick ? 256 : THREADS;
  try {
    const [multiplyAdd, copy] = await Promise.all([
      context.pipelines.get(multiplyAddKernel),
      context.pipelines.get(copyKernel),
    ]);
    const rounds = quick ? 1 : 64;
    const [arithmetic, copying] = await context.guard('preparing probes', (): [Dispatch, Dispatch] => [
      {
        bound: bindKernel(device, multiplyAdd, {
          sums: scope.storage('probe sums', 4 * threads),
          params: scope.uniform('multiply-add', multiplyAddParams(rounds)),
        }),
        grid: multiplyAddGrid(threads),
        cost: 0,
      },
      {
        bound: bindKernel(device, copy, {
          source: scope.storage('probe source', bytes),
          targetValues: scope.storage('probe target', bytes),
          params: scope.uniform('copy', copyParams(bytes)),
        }),
        grid: copyGrid(bytes),
        cost: 0,
      },
    ]);
    const perSecond = (dispatch: Dispatch) =>
      dispatchesPerSecond(context, dispatch, quick ? 0 : MIN_SECONDS, signal);
    return {
      multiplyAdd: ((await perSecond(arithmetic)) * threads * rounds * FLOPS_PER_ROUND) / 1e9,
      copy: ((await perSecond(copying)) * 2 * bytes) / 1e9,
    };
  } finally {
    scope.destroy();
  }
}

/** Doubles the number of dispatches until they take long enough, then measures. */
async function dispatchesPerSecond(
  context: DeviceContext,
  { bound, grid }: Dispatch,
  leastSeconds: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const time = async (count: number): Promise<number> => {
    const commands = new Commands(context, 'probing the device', signal);
    const startedAt = performance.now();
    for (let i = 0; i < count; i++) await commands.dispatch(bound, grid);
    await commands.finish();
    return (performance.now() - startedAt) / 1000;
  };
  let count = 1;
  while ((await time(count)) < leastSeconds) count *= 2;
  let best = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) best = Math.max(best, count / (await time(count)));
  return best;
}
