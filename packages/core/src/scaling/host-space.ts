import type { Engine } from '../engine/engine.ts';
import type { Matrix, Points } from '../matrix.ts';
import { applyScalings } from './apply-scaling.ts';
import type { RowScaling } from './types.ts';

/**
 * Points after a fitted row scaling, on the host.
 *
 * @throws like `applyScaling`
 */
export async function inHostSpace(
  points: Points,
  scaling: RowScaling | undefined,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<Matrix> {
  const scaled = await applyScalings(points, [scaling], engine, { signal });
  try {
    return scaled.points.location === 'device' ? await engine.download(scaled.points) : scaled.points;
  } finally {
    scaled.release();
  }
}
