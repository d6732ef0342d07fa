import { openVariants, type WebGpuEngine } from '@shoal/webgpu-kernels';
import type { BenchCase, Contender, Workload } from '../../bench-case.ts';
import type { CentroidJudge } from '../kmeans-contenders.ts';
import { GPU_ROUNDS, kernelTimes, requireWebGpu, timeSteps, timestampNotes } from './engine.ts';
import { inertiaJudge } from './judge.ts';
import {
  deviceShapes,
  makeTask,
  NARROW_TOLERANCE,
  SAME_INERTIA,
  shapeParameters,
  shapeWork,
  type DeviceShape,
  type DeviceTask,
} from './kmeans-shapes.ts';
import { torchKMeans } from './torch-contenders.ts';

type Session = Awaited<ReturnType<WebGpuEngine['createKMeans']>>;

/** Variants that compare by products of half floats, as peers in float16 do. */
const NARROW_VARIANTS: ReadonlySet<string> = new Set(['half', 'matrix']);

/** The WebGPU engine's ways to compute an iteration, compared with each other and with PyTorch. */
export const kmeansVariants: BenchCase = {
  name: 'kmeans-variants',
  summary: 'one Lloyd iteration on WebGPU: the variant that the shape takes, and the others',
  onlyWhenNamed: true,
  workloads: (quick) => deviceShapes(quick).map(([name, shape]) => variantsWorkload(name, shape)),
};

function variantsWorkload(name: string, shape: DeviceShape): Workload {
  const { iterations, seconds } = shape;
  return {
    ...{ name, seconds, ...GPU_ROUNDS },
    parameters: shapeParameters(shape),
    quality: SAME_INERTIA,
    work: shapeWork(shape, 1),
    timed: 'iteration',
    async prepare(context) {
      const { signal, quick } = context;
      const webgpu = requireWebGpu(context.engine);
      const task = await makeTask(shape, signal);
      const { judge, note } = await inertiaJudge(task.points, context);
      const sessions = await openSessions(webgpu, task, shape, signal);
      const ours = sessions.map((session, i) => ({
        ...variantContender(webgpu, session, task, { iterations, quick, judge }),
        ...(i === 0 && { name: `shoal (${session.variant})` }),
      }));
      const torch = await torchKMeans({ ...task, iterations }, 'device', judge, context);
      return {
        contenders: [...ours, ...torch],
        notes: [note, ...timestampNotes(webgpu)],
        release() {
          for (const session of sessions) session.destroy();
        },
      };
    },
  };
}

/** A session of each variant that can take the points; the default variant of the shape is first. */
async function openSessions(
  engine: WebGpuEngine,
  { given }: DeviceTask,
  { clusters, chosenOnly = false }: DeviceShape,
  signal: AbortSignal,
): Promise<Session[]> {
  const byDefault = await engine.createKMeans(given, { clusters, signal });
  if (chosenOnly) return [byDefault];
  byDefault.destroy();
  const sessions = await openVariants(engine, given, { clusters, signal });
  const isDefault = ({ variant }: Session): number => Number(variant === byDefault.variant);
  return sessions.toSorted((a, b) => isDefault(b) - isDefault(a));
}

interface Steps {
  readonly iterations: number;
  readonly quick: boolean;
  readonly judge: CentroidJudge;
}

function variantContender(
  engine: WebGpuEngine,
  session: Session,
  { given, start }: DeviceTask,
  { iterations, quick, judge }: Steps,
): Contender {
  const restart = (): Promise<void> => session.writeCentroids(Float32Array.from(start.data));
  const step = (): Promise<unknown> => session.step(1, 0);
  return {
    name: session.variant,
    role: 'ours',
    tolerance: NARROW_VARIANTS.has(session.variant) ? NARROW_TOLERANCE : undefined,
    dtype: given.data instanceof Uint8Array ? 'uint8' : 'float32',
    ...kernelTimes(engine, restart, step),
    async run() {
      // A session stops at an empty cluster or when nothing moves, so fewer may run.
      const timed = await timeSteps(restart, (count) => session.step(count, 0), { iterations, quick });
      const centroids = await session.readCentroids();
      return { ...timed, quality: () => judge(centroids) };
    },
  };
}
