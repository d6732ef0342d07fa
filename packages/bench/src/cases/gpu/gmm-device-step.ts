import type { BenchCase, Contender, Workload } from '../../bench-case.ts';
import { SHOAL_FLOAT32 } from '../../bench-case.ts';
import { REG_COVAR } from '../gmm-points.ts';
import { emWork } from '../work.ts';
import { kernelTimes, requireWebGpu, timeSteps, timestampNotes } from './engine.ts';
import { likelihoodJudge } from './judge.ts';
import { mixtureShapeFit, mixtureShapes, mixtureWorkload, type MixtureShape } from './mixture-shapes.ts';
import { torchMixture } from './torch-contenders.ts';

/** One EM iteration of a session with points on the device, compared with PyTorch. */
export const gmmDeviceStep: BenchCase = {
  name: 'gmm-device-step',
  summary: 'one EM iteration on WebGPU, the mean of several',
  onlyWhenNamed: true,
  workloads: (quick) => mixtureShapes(quick).map(([name, shape]) => stepWorkload(name, shape)),
};

function stepWorkload(name: string, shape: MixtureShape): Workload {
  const { clusters, covarianceType, iterations } = shape;
  return {
    ...mixtureWorkload(name, shape),
    work: emWork(shape, covarianceType, 1),
    timed: 'iteration',
    async prepare(context) {
      const { engine, signal, quick } = context;
      const webgpu = requireWebGpu(engine);
      const fit = await mixtureShapeFit(shape, signal);
      const { points, start } = fit;
      const judge = await likelihoodJudge(points, covarianceType, context);
      const options = { components: clusters, covarianceType, regCovar: REG_COVAR, signal };
      const session = await webgpu.createGaussianMixture(points, options);
      const restart = (): Promise<void> => session.writeParameters(start);
      const step = (): Promise<unknown> => session.step(1, 0);
      const ours: Contender = {
        ...SHOAL_FLOAT32,
        ...kernelTimes(webgpu, restart, step),
        async run() {
          const timed = await timeSteps(restart, (count) => session.step(count, 0), { iterations, quick });
          const reached = await session.readParameters();
          return { ...timed, quality: () => judge.judge(reached) };
        },
      };
      const torch = await torchMixture(fit, 'device', judge, context);
      return {
        contenders: [ours, ...torch],
        notes: [judge.note, ...timestampNotes(webgpu)],
        release() {
          session.destroy();
        },
      };
    },
  };
}
