import type { BenchCase, BenchContext, Contender, Workload } from '../../bench-case.ts';
import { ourFit, pythonFits, type CentroidJudge, type KMeansTask } from '../kmeans-contenders.ts';
import { GPU_ROUNDS, requireWebGpu } from './engine.ts';
import { inertiaJudge } from './judge.ts';
import {
  deviceShapes,
  makeTask,
  SAME_INERTIA,
  shapeParameters,
  shapeWork,
  type DeviceShape,
} from './kmeans-shapes.ts';
import { torchKMeans } from './torch-contenders.ts';

/** Shapes for which the whole fit is measured too, not only iterations. */
const FITTED = new Set(['images', 'images-u8', 'million-64', 'million-256', 'million-1024', 'million-4096']);

/** Greatest work that scikit-learn does in a few seconds on a GPU machine's processors. */
const MOST_FLOPS_ON_PROCESSORS = 4e12;

/** Whole fits of the shapes on which iterations are measured. */
export const kmeansDeviceFit: BenchCase = {
  name: 'kmeans-device-fit',
  summary: 'k-means from given centroids on WebGPU: points on the host in, labels out',
  onlyWhenNamed: true,
  workloads: (quick) =>
    deviceShapes(quick)
      .filter(([name]) => FITTED.has(name))
      .map(([name, shape]) => fitWorkload(name, shape)),
};

function fitWorkload(name: string, shape: DeviceShape): Workload {
  const { iterations, seconds } = shape;
  const work = shapeWork(shape, iterations);
  return {
    ...{ name, seconds, work, ...GPU_ROUNDS },
    parameters: shapeParameters(shape),
    quality: SAME_INERTIA,
    timed: 'run',
    async prepare(context) {
      requireWebGpu(context.engine);
      const made = await makeTask(shape, context.signal);
      const task = { ...made, iterations };
      const { judge, note } = await inertiaJudge(task.points, context);
      const torch = await torchKMeans(task, 'host', judge, context);
      const processors = onProcessors(task, work.flops, judge, context);
      return {
        contenders: [
          { ...ourFit(task, context, task.given, judge), name: 'shoal' },
          ...torch,
          ...processors.contenders,
        ],
        notes: [note, ...processors.notes],
      };
    },
  };
}

/** scikit-learn's Lloyd, once. */
function onProcessors(
  task: KMeansTask,
  flops: number,
  judge: CentroidJudge,
  context: BenchContext,
): { readonly contenders: Contender[]; readonly notes: string[] } {
  const all = pythonFits(task, context, judge).filter(({ name }) => name === 'scikit-learn lloyd');
  if (flops <= MOST_FLOPS_ON_PROCESSORS)
    return { contenders: all.map((one) => ({ ...one, once: true })), notes: [] };
  return {
    contenders: [],
    notes: all.map(({ name }) => `${name} is left out: ${flops.toPrecision(2)} FLOP would take it too long`),
  };
}
