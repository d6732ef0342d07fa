import type { Engine, SparseGraph } from '@shoal/core';
import type { GraphLayoutOptions } from '@shoal/core/engine-kit';

interface LayOutOptions extends Omit<GraphLayoutOptions, 'steps'> {
  readonly engine: Engine;
  readonly epochs: number;
  /** Steps of the session that make an epoch. */
  readonly stepsPerEpoch: number;
  /** Called after every part of the layout with the number of epochs done. */
  readonly onEpochs?:
    | ((completed: number, read: () => Promise<Float32Array>) => void | Promise<void>)
    | undefined;
}

/** Number of parts that a layout is cut into, so that it can be watched. */
const STRETCHES = 50;

/** Runs all epochs of a layout and returns the final places of the vertices. */
export async function layOut(
  graph: SparseGraph,
  positions: Float32Array,
  { engine, epochs, stepsPerEpoch, onEpochs, ...options }: LayOutOptions,
): Promise<Float32Array> {
  const steps = epochs * stepsPerEpoch;
  const session = await engine.createGraphLayout(graph, positions, { ...options, steps });
  try {
    const stretch = Math.ceil(epochs / STRETCHES) * stepsPerEpoch;
    while (session.completed < steps) {
      await session.step(stretch);
      await onEpochs?.(session.completed / stepsPerEpoch, () => session.readPositions());
    }
    return await session.readPositions();
  } finally {
    session.destroy();
  }
}
