import { UnsupportedError, type Engine } from '@shoal/core';
import { WebGpuEngine } from '@shoal/webgpu-kernels';
import type { Contender, KernelRecord } from '../../bench-case.ts';

/** Seconds of untimed work before the timed work, so that a GPU's clock is up. */
const SETTLE_SECONDS = 0.05;

/** How the workloads of the GPU cases run: without rests, because a GPU's clock would fall in them. */
export const GPU_ROUNDS = { repetitions: 3, pause: 0 } as const;

/** Seconds of untimed work before the timed work, the same for Shoal and for peers on the GPU. */
export function settleSeconds(quick: boolean): number {
  return quick ? 0 : SETTLE_SECONDS;
}

/** Runs untimed work at least once, until a GPU's clock is up. */
async function settle(quick: boolean, work: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  do await work();
  while (performance.now() - startedAt < 1000 * settleSeconds(quick));
}

/**
 * Times iterations of a session from the same start, after the device has settled.
 *
 * @param steps runs as many iterations as asked for, or fewer when it stops by itself
 * @returns seconds of one iteration, and how many ran
 */
export async function timeSteps(
  restart: () => Promise<void>,
  steps: (count: number) => Promise<ArrayLike<unknown>>,
  { iterations, quick }: { readonly iterations: number; readonly quick: boolean },
): Promise<{ readonly seconds: number; readonly iterations: number }> {
  await restart();
  await settle(quick, () => steps(1));
  await restart();
  const startedAt = performance.now();
  const { length } = await steps(iterations);
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds: seconds / length, iterations: length };
}

/** @throws {UnsupportedError} for another engine */
export function requireWebGpu(engine: Engine): WebGpuEngine {
  if (engine instanceof WebGpuEngine) return engine;
  throw new UnsupportedError(`This case is for the webgpu engine; this one is ${engine.name}.`);
}

/** A note when kernels cannot be timed. */
export function timestampNotes({ device }: WebGpuEngine): string[] {
  return device.features.has('timestamp-query') ? [] : ['the device offers no timestamps: no kernel times'];
}

/**
 * A function that times the kernels of one iteration by the device's own clock, if it has one.
 *
 * @param prepare writes the start of the iteration
 */
export function kernelTimes(
  engine: WebGpuEngine,
  prepare: () => Promise<void>,
  iterate: () => Promise<unknown>,
): Pick<Contender, 'kernels'> {
  if (!engine.device.features.has('timestamp-query')) return {};
  return {
    async kernels(): Promise<readonly KernelRecord[]> {
      await prepare();
      // The first one compiles kernels and lets the device settle.
      await iterate();
      return (await engine.profile(iterate)).kernels;
    },
  };
}
