import type { JsonValue } from '@shoal/core';
import type { HistorySeries } from './types.ts';

/**
 * The series of a run's `history.json`: the objective by iteration, and losses by epoch. Other values than series of numbers
 * are left out.
 */
export function historyOf(history: Readonly<Record<string, JsonValue>>): HistorySeries[] {
  const series: HistorySeries[] = [];
  const add = (name: JsonValue | undefined, step: string, values: JsonValue | undefined): void => {
    if (typeof name !== 'string' || !Array.isArray(values) || values.length === 0) return;
    if (values.every((value) => typeof value === 'number')) series.push({ name, step, values });
  };
  const { objective, loss, validationLoss } = history;
  if (typeof objective === 'object' && objective !== null && !Array.isArray(objective)) {
    const { name, values } = objective as Readonly<Record<string, JsonValue>>;
    add(name, 'iteration', values);
  }
  add('training loss', 'epoch', loss);
  add('validation loss', 'epoch', validationLoss);
  return series;
}
