import { DataError, InvalidArgumentError } from './errors.ts';
import { isJsonObject } from './json-object.ts';
import type { JsonValue, ModelState } from './model-state.ts';

/** Greatest number of characters of names that an error quotes: a damaged file may have any. */
const MAX_QUOTED = 80;

/**
 * Joins the states of several models into one, such as an autoencoder with the clustering of its code. The tensors of
 * a part are called `<part>/<tensor>`; its type and settings are kept in `settings.parts[<part>]`.
 *
 * @param type of the joined model
 * @param parts by name; a name has no slash
 * @param settings of the joined model itself
 * @throws {InvalidArgumentError} when a part's name has a slash
 */
export function nestModelStates(
  type: string,
  parts: Readonly<Record<string, ModelState>>,
  settings: Readonly<Record<string, JsonValue>> = {},
): ModelState {
  const named = Object.entries(parts);
  const invalid = named.find(([part]) => part.includes('/'));
  if (invalid)
    throw new InvalidArgumentError(`The name of a part must not have a slash; got "${invalid[0]}".`);
  const descriptions = named.map(([part, state]) => [part, { type: state.type, settings: state.settings }]);
  const tensors = named.flatMap(([part, state]) =>
    Object.entries(state.tensors).map(([name, tensor]) => [`${part}/${name}`, tensor] as const),
  );
  return {
    type,
    settings: { ...settings, parts: Object.fromEntries(descriptions) as JsonValue },
    tensors: Object.fromEntries(tensors),
  };
}

/**
 * The state of one part, as it was given to `nestModelStates`.
 *
 * @throws {DataError} when there is no such part: the model is of another kind, or damaged
 */
export function partOfModelState(whole: ModelState, part: string): ModelState {
  const { parts } = whole.settings;
  const known = isJsonObject(parts) ? parts : {};
  const found = Object.hasOwn(known, part) ? known[part] : undefined;
  if (!isJsonObject(found)) {
    const names = Object.keys(known).join(', ').slice(0, MAX_QUOTED) || 'no parts';
    throw new DataError(`A model of type "${whole.type}" has no part "${part}"; it has ${names}.`);
  }
  const { type, settings } = found;
  if (typeof type !== 'string' || !isJsonObject(settings)) {
    throw new DataError(
      `The saved ${whole.type} model is damaged: its part "${part}" lacks its type or settings. Save the model again.`,
    );
  }
  const prefix = `${part}/`;
  const tensors = Object.entries(whole.tensors)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, tensor]) => [name.slice(prefix.length), tensor] as const);
  return { type, settings, tensors: Object.fromEntries(tensors) };
}
