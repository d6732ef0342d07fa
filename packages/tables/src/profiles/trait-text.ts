import { cellsOf } from './profile-text.ts';
import type { Trait } from './types.ts';

/** A trait in one line: "Body Mass (g): 5000, all 4050". */
export function traitText(trait: Trait): string {
  const { label, here, overall } = cellsOf(trait);
  return overall === undefined ? `${label}: ${here}` : `${label}: ${here}, all ${overall}`;
}
