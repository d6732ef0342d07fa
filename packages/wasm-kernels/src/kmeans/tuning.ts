import type { SessionMemory } from '../memory.ts';

/** The values that change from iteration to iteration: doubles, in the order in which assembly/tuning.ts reads them. */
export const TUNING_FIELDS = [
  'isQuantized',
  'pointScale',
  'centerScale',
  'keyScale',
  'errorConstant',
  'errorPerSquare',
  'relativeError',
  'absoluteError',
  'boundUnit',
  'areBoundsValid',
  'renewsBounds',
] as const;

export const TUNING_BYTES = 8 * TUNING_FIELDS.length;

/** Writes some of the fields, and leaves the others as they are. */
export function writeTuning(
  memory: Pick<SessionMemory, 'doubles'>,
  pointer: number,
  values: Partial<Record<(typeof TUNING_FIELDS)[number], number | boolean>>,
): void {
  const doubles = memory.doubles(pointer, TUNING_FIELDS.length);
  TUNING_FIELDS.forEach((field, i) => {
    const value = values[field];
    if (value !== undefined) doubles[i] = Number(value);
  });
}
