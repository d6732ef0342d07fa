import type { JsonValue } from '@shoal/core';
import type { ColumnEncoding, ColumnUse, RecipePlan } from './plan.ts';

export const RECIPE_FORMAT = 'shoal-recipe';
/** Raised when an older Shoal could not read what this one writes. */
export const RECIPE_VERSION = 1;

/** A recipe as JSON. */
export type RecipeState = Readonly<Record<string, JsonValue>>;

/** All that a recipe knows as JSON that people can read and edit; see `readRecipe`. */
export function writeRecipe({ columns, missing, scaling, notes }: RecipePlan): RecipeState {
  return {
    format: RECIPE_FORMAT,
    version: RECIPE_VERSION,
    missing,
    scaling: { kind: scaling.kind, why: scaling.why },
    notes,
    columns: columns.map(writeColumn),
  };
}

function writeColumn({ name, type, role, use, why, missing, rows, unit, encoding }: ColumnUse): JsonValue {
  const told = { name, type, role, use, why, missing, rows, ...(unit !== undefined && { unit }) };
  return encoding ? { ...told, encoding: writeEncoding(encoding) } : told;
}

function writeEncoding(encoding: ColumnEncoding): JsonValue {
  switch (encoding.kind) {
    case 'number': {
      const { kind, unit, dates, fill, center, scale, indicator } = encoding;
      return { kind, unit, ...(dates !== undefined && { dates }), fill, center, scale, indicator };
    }
    case 'category': {
      const { kind, levels, others, missing, weight } = encoding;
      return { kind, levels, others, missing, weight };
    }
    case 'vector': {
      const { kind, width, fill, center, scale } = encoding;
      return { kind, width, ...(fill && { fill }), center, scale };
    }
  }
}
