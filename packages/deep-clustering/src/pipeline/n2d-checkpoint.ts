import { DataError, type ModelState } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';

const TYPE = 'n2d-checkpoint';

/** The training of several autoencoders, one after another. */
export interface N2dCheckpoint {
  /** The trained autoencoders, as saved. */
  readonly trained: readonly ModelState[];
  /** The checkpoint of the next one. */
  readonly training: ModelState;
}

/** The checkpoint as plain data, with the number of all autoencoders. */
export function writeN2dCheckpoint({ trained, training }: N2dCheckpoint, members: number): ModelState {
  const done = Object.fromEntries(trained.map((autoencoder, m) => [`autoencoder${m}`, autoencoder]));
  return nestModelStates(TYPE, { ...done, training }, { members, trained: trained.length });
}

/** @throws {DataError} when the state belongs to something else or to another number of autoencoders, or is damaged */
export function readN2dCheckpoint(state: ModelState, members: number): N2dCheckpoint {
  const reader = new StateReader(state, TYPE);
  const before = reader.wholeNumber('members', 1);
  if (before !== members) {
    throw new DataError(
      `The checkpoint was made with ${before} autoencoders, but ${members} were asked for: resume with ${before}, or start over.`,
    );
  }
  const trained = reader.wholeNumber('trained', 0);
  return {
    trained: Array.from({ length: Math.min(trained, members) }, (_, m) =>
      partOfModelState(state, `autoencoder${m}`),
    ),
    training: partOfModelState(state, 'training'),
  };
}
