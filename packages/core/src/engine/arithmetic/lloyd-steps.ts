import type { KMeansIteration } from '../kmeans/session.ts';

/** Up to `count` iterations, each by `iterate`, with the stopping rule of `KMeansSession.step`. */
export async function lloydSteps(
  count: number,
  tolerance: number,
  iterate: () => Promise<KMeansIteration>,
): Promise<readonly KMeansIteration[]> {
  const iterations: KMeansIteration[] = [];
  while (iterations.length < count) {
    const iteration = await iterate();
    iterations.push(iteration);
    const { changed, shift, empty } = iteration;
    if (empty > 0 || changed === 0 || shift <= tolerance) break;
  }
  return iterations;
}
