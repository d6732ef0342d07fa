import type { ClusterModel } from '@shoal/core';
import type { OpenEngine } from './engines.ts';
import { methodNamed } from './methods/index.ts';
import type { MethodOptions } from './methods/options.ts';
import type { RunMetrics } from './save-run.ts';

/** What `metrics.json` says of a fit, whatever its points were. */
export function metricsOf(
  { clusters, objective: { name, value }, iterations, converged, warnings }: ClusterModel,
  { engine }: OpenEngine,
  options: MethodOptions & { readonly method: string },
  { seconds, command }: Pick<RunMetrics, 'seconds' | 'command'>,
): Omit<RunMetrics, 'data'> {
  return {
    method: options.method,
    clusters,
    seed: options.seed,
    engine: `${engine.name} on ${engine.info.device}`,
    arithmetic: engine.info.arithmetic,
    ...methodNamed(options.method).metrics?.(options),
    objective: { name, value },
    iterations,
    converged,
    warnings,
    seconds,
    date: new Date().toISOString(),
    command,
  };
}
