import type { WebGpuEngine } from '../src/index.ts';

/** What came of work whose device was lost on the way. */
export interface Disturbed<Result> {
  readonly result: Result;
  /** Submits in all, those made again included. */
  readonly submits: number;
}

/**
 * Does some work and destroys the device the engine has right after some of its submits, counted from 1: what was
 * submitted then never finishes as far as the host can tell.
 */
export async function losingDevice<Result>(
  engine: WebGpuEngine,
  at: readonly number[],
  work: () => Promise<Result>,
): Promise<Disturbed<Result>> {
  const queues = Object.getPrototypeOf(engine.device.queue) as { submit: GPUQueue['submit'] };
  const { submit } = queues;
  let submits = 0;
  queues.submit = function (this: GPUQueue, buffers) {
    submit.call(this, buffers);
    if (at.includes(++submits)) engine.device.destroy();
    return undefined;
  };
  try {
    return { result: await work(), submits };
  } finally {
    queues.submit = submit;
  }
}
