import type { FitCheckpoint } from '../fit-options.ts';
import type { ModelState } from '../model-state.ts';

/** A checkpoint that keeps all states. */
export function keepStates(): { readonly states: readonly ModelState[]; readonly checkpoint: FitCheckpoint } {
  const states: ModelState[] = [];
  const save = async (state: ModelState) => {
    states.push(state);
  };
  return { states, checkpoint: { save } };
}
