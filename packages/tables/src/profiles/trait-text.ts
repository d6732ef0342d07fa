import { cellsOf } from './trait-cells.ts';
import type { Trait } from './types.ts';

/** A trait in one line: "Body Mass (g): 5000, others 3700". */
export function traitText(trait: Trait): string {
  const { label, here, others } = cellsOf(trait);
  return others === undefined ? `${label}: ${here}` : `${label}: ${here}, others ${others}`;
}
