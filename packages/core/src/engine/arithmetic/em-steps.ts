import type { EmIteration } from '../mixture/session.ts';

/** The EM iterations of a session, which end when the lower bound hardly changes; one call goes on where the last one ended. */
export class EmSteps {
  #lastBound = -Infinity;

  /** The next iteration has none before it: the parameters are others. */
  restart(): void {
    this.#lastBound = -Infinity;
  }

  /**
   * @param count most iterations
   * @param tolerance the change of the lower bound below which they end
   * @param step one iteration, which returns the lower bound of the parameters before it
   */
  async run(count: number, tolerance: number, step: () => Promise<number>): Promise<readonly EmIteration[]> {
    const iterations: EmIteration[] = [];
    for (let done = 0; done < count; done++) {
      const lowerBound = await step();
      iterations.push({ lowerBound });
      const change = Math.abs(lowerBound - this.#lastBound);
      this.#lastBound = lowerBound;
      if (change < tolerance) break;
    }
    return iterations;
  }
}
