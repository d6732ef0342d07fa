import type { ModelState, Tensor } from '../model-state.ts';
import type { StateReader } from '../state-reader.ts';
import { scalingKind } from './scaling-kind.ts';
import { ROW_SCALING_KINDS, type RowScaling } from './types.ts';

/** The part of a model's state that holds its row scaling: the setting `scaling` and up to two tensors. */
export function scalingState(scaling: RowScaling | undefined): Pick<ModelState, 'settings' | 'tensors'> {
  const settings = { scaling: scaling?.kind ?? null };
  if (scaling === undefined || scaling.kind === 'unit') return { settings, tensors: {} };
  const { kind, mean, factors } = scaling;
  const columns = mean.length;
  const tensors: Record<string, Tensor> = {
    'scaling.mean': { data: mean, shape: [columns] },
    'scaling.factors': { data: factors, shape: kind === 'whiten' ? [columns, columns] : [columns] },
  };
  return { settings, tensors };
}

/** @throws {DataError} when the state's scaling is damaged */
export function readScaling(state: StateReader, columns: number): RowScaling | undefined {
  if (!state.has('scaling')) return undefined;
  const kind = scalingKind(state.oneOf('scaling', [...ROW_SCALING_KINDS, 'standardise']));
  if (kind === 'unit') return { kind };
  return {
    kind,
    mean: state.float64('scaling.mean', [columns]),
    factors: state.float64('scaling.factors', kind === 'whiten' ? [columns, columns] : [columns]),
  };
}
