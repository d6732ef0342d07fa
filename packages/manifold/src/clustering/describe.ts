import {
  applyScaling,
  orientedGradients,
  type Engine,
  type OrientedGradientSettings,
  type Points,
} from '@shoal/core';

/** What is done to points before they are searched. */
export interface Description {
  /** Of images. */
  readonly gradients?: OrientedGradientSettings | undefined;
  readonly unitLength: boolean;
}

/** Points as they are searched, but for their principal components; those given, where nothing is to be done. */
export async function describe(
  points: Points,
  { gradients, unitLength }: Description,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<Points> {
  const host = points.location === 'device' ? await engine.download(points) : points;
  const described = gradients ? await orientedGradients(host, gradients, signal) : host;
  return unitLength ? applyScaling(described, { kind: 'unit' }, engine, { signal }) : described;
}
