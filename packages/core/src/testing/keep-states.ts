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

/** Some of the states with their numbers: the first, every third after it, and the last. */
export function fewStates(states: readonly ModelState[]): readonly (readonly [number, ModelState])[] {
  return [...states.entries()].filter(([i]) => i % 3 === 0 || i === states.length - 1);
}
