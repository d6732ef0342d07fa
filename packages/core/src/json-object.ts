import type { JsonValue } from './model-state.ts';

/** Whether a value is an object of JSON, not a list or null. */
export function isJsonObject(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
