import type { BenchCase, Workload } from '../../bench-case.ts';
import { ourMixture, scikitLearnMixture } from '../gmm-fit.ts';
import { emWork } from '../work.ts';
import { requireWebGpu } from './engine.ts';
import { likelihoodJudge } from './judge.ts';
import { mixtureShapeFit, mixtureShapes, mixtureWorkload, type MixtureShape } from './mixture-shapes.ts';
import { torchMixture } from './torch-contenders.ts';

/** Greatest work that scikit-learn does in a few seconds on a GPU machine's processors. */
const MOST_FLOPS_ON_PROCESSORS = 1e11;

/** Whole fits of the shapes on which iterations are measured, without the odd ones. */
export const gmmDeviceFit: BenchCase = {
  name: 'gmm-device-fit',
  summary: 'a Gaussian mixture from given parameters on WebGPU: points on the host in, labels out',
  onlyWhenNamed: true,
  workloads: (quick) =>
    mixtureShapes(quick)
      .filter(([name]) => !name.includes('odd'))
      .map(([name, shape]) => fitWorkload(name, shape)),
};

function fitWorkload(name: string, shape: MixtureShape): Workload {
  const { covarianceType, iterations } = shape;
  const work = emWork(shape, covarianceType, iterations);
  return {
    ...mixtureWorkload(name, shape),
    work,
    timed: 'run',
    async prepare(context) {
      requireWebGpu(context.engine);
      const fit = await mixtureShapeFit(shape, context.signal);
      const judge = await likelihoodJudge(fit.points, covarianceType, context);
      const torch = await torchMixture(fit, 'host', judge, context);
      const contenders = [ourMixture(fit, context, judge.judge), ...torch];
      const notes = [judge.note];
      if (context.python?.has('scikit-learn') === true) {
        if (work.flops <= MOST_FLOPS_ON_PROCESSORS) {
          contenders.push({ ...scikitLearnMixture(fit, 'float32', context, judge.judge), once: true });
        } else {
          notes.push(`scikit-learn is left out: ${work.flops.toPrecision(2)} FLOP would take it too long`);
        }
      }
      return { contenders, notes };
    },
  };
}
