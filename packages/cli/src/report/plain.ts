import type { JsonValue } from '@shoal/core';

/** As JSON holds it: without what is undefined. */
export function plain(metrics: object): Readonly<Record<string, JsonValue>> {
  return JSON.parse(JSON.stringify(metrics)) as Readonly<Record<string, JsonValue>>;
}
