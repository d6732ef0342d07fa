import type { WebGpuEngine } from '../src/index.ts';

/** The result of work during which the device was lost. */
export interface Disturbed<Result> {
  readonly result: Result;
  /** Number of all submits, including repeated ones. */
  readonly submits: number;
}

/**
 * Does some work and destroys the engine's present device right after some of the submits, counted from 1. For the host, the
 * submitted work never finishes.
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
