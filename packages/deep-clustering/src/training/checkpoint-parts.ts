import { DataError, type JsonValue, type ModelState, type Points, type Tensor } from '@shoal/core';
import type { OptimizerState } from './optimizer.ts';

/** An optimizer's slots under the names that `readOptimizer` looks for. */
export function optimizerTensors(state: OptimizerState | undefined): Record<string, Tensor> {
  return Object.fromEntries((state ?? []).map((slot, i) => [`optimizer${i}`, slot]));
}

/** The slots among a state's tensors; undefined when there are none, as before the first step. */
export function readOptimizer({ tensors }: ModelState): OptimizerState | undefined {
  const slots: Tensor[] = [];
  for (;;) {
    const name = `optimizer${slots.length}`;
    if (!Object.hasOwn(tensors, name)) return slots.length === 0 ? undefined : slots;
    slots.push(tensors[name]);
  }
}

/** @throws {DataError} naming the first setting that had another value when the checkpoint was made */
export function requireSameSettings(
  { settings }: ModelState,
  wanted: Readonly<Record<string, JsonValue>>,
): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (settings[name] === value) continue;
    throw new DataError(
      `The checkpoint was made with ${name} ${JSON.stringify(settings[name])}, but it is now ${JSON.stringify(value)}: ` +
        'resume with the same settings, or start over.',
    );
  }
}

/** @throws {DataError} when rows or columns of the points differ from those of the checkpoint */
export function requireSamePoints(points: Points, rows: number, columns: number): void {
  if (points.rows === rows && points.columns === columns) return;
  throw new DataError(
    `The checkpoint is of ${rows} x ${columns} points, but these are ${points.rows} x ${points.columns}.`,
  );
}
