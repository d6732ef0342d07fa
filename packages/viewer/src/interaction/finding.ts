import { countOf } from './describe.ts';

/** The points that were found, and a description of them. */
export interface Finding {
  readonly points: Uint32Array;
  readonly message: string;
}

/** @param what where they were found: "in cluster 3" */
export function found(what: string, points: Uint32Array): Finding {
  return { points, message: `${countOf(points.length, 'point')} ${what} found.` };
}

export function nothing(message: string): Finding {
  return { points: new Uint32Array(), message };
}
