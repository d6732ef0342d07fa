import type { Engine, GraphLayoutOptions, SparseGraph } from '@shoal/core';

interface LayOutOptions extends GraphLayoutOptions {
  readonly engine: Engine;
  /** Called after every stretch of steps. */
  readonly onSteps?:
    ((completed: number, read: () => Promise<Float32Array>) => void | Promise<void>) | undefined;
}

/** Stretches a layout is cut into, so that it can be watched. */
const STRETCHES = 50;

/** Runs all steps of a layout and returns where the vertices are then. */
export async function layOut(
  graph: SparseGraph,
  positions: Float32Array,
  { engine, onSteps, ...options }: LayOutOptions,
): Promise<Float32Array> {
  const session = await engine.createGraphLayout(graph, positions, options);
  try {
    const stretch = Math.ceil(options.steps / STRETCHES);
    while (session.completed < options.steps) {
      await session.step(stretch);
      await onSteps?.(session.completed, () => session.readPositions());
    }
    return await session.readPositions();
  } finally {
    session.destroy();
  }
}
