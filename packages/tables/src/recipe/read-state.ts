import { DataError } from '@shoal/core';
import type { ColumnType } from '../table/table.ts';
import { canBe } from './can-be.ts';
import { DATE_NUMBERS } from './date-numbers.ts';
import { JsonFields, shown } from './json-fields.ts';
import { COLUMN_ROLES, MISSING_RULES, RECIPE_SCALINGS, type ColumnRole } from './options.ts';
import {
  isUsed,
  widthOf,
  type ChosenScaling,
  type ColumnEncoding,
  type ColumnPurpose,
  type ColumnUse,
  type RecipePlan,
  type VectorEncoding,
} from './plan.ts';
import { quoted } from './quoted.ts';
import { RECIPE_FORMAT, RECIPE_VERSION } from './write-state.ts';

const COLUMN_TYPES: readonly ColumnType[] = ['number', 'boolean', 'date', 'text', 'vector', 'bytes'];
const PURPOSES: readonly ColumnPurpose[] = ['used', 'left out', 'label', 'weight', 'id'];
const CHOSEN_SCALINGS = RECIPE_SCALINGS.filter((kind): kind is ChosenScaling['kind'] => kind !== 'auto');

/** The encoding that a role needs. */
const ENCODINGS: Readonly<Partial<Record<ColumnRole, ColumnEncoding['kind']>>> = {
  number: 'number',
  date: 'number',
  category: 'category',
  boolean: 'category',
  vector: 'vector',
};

/**
 * A recipe from JSON: of `writeRecipe`, or edited. Each column needs its name, type, role and use; a column in use needs
 * its encoding. `why`, `missing`, `rows` and `notes` may be left out.
 *
 * @throws {DataError} naming what is missing or wrong
 */
export function readRecipe(state: unknown): RecipePlan {
  const fields = new JsonFields(state, 'The recipe');
  const format = fields.value('format');
  if (format !== RECIPE_FORMAT) {
    throw new DataError(
      `This is not a recipe: its "format" must be "${RECIPE_FORMAT}"; got ${shown(format)}.`,
    );
  }
  const version = fields.count('version');
  if (version > RECIPE_VERSION) {
    throw new DataError(
      `The recipe has version ${version}; this Shoal reads versions up to ${RECIPE_VERSION}. Use a newer Shoal.`,
    );
  }
  const scaling = new JsonFields(fields.value('scaling'), 'The scaling of the recipe');
  const columns = fields.list('columns').map(readColumn);
  if (!columns.some(isUsed))
    throw new DataError('The recipe uses no column: at least one needs "use": "used".');
  return {
    columns,
    missing: fields.oneOf('missing', MISSING_RULES),
    scaling: {
      kind: scaling.oneOf('kind', CHOSEN_SCALINGS),
      why: scaling.has('why') ? scaling.text('why') : 'As the recipe says.',
    },
    notes: fields.has('notes') ? fields.texts('notes') : [],
  };
}

function readColumn(value: unknown, index: number): ColumnUse {
  const place = `Column ${index + 1} of the recipe`;
  const fields = new JsonFields(value, place);
  const use = fields.oneOf('use', PURPOSES);
  const role = fields.oneOf('role', COLUMN_ROLES);
  const what = `${place} (${quoted(fields.text('name'))})`;
  const type = fields.oneOf('type', COLUMN_TYPES);
  if (!canBe(type, role)) {
    throw new DataError(
      `${what} has the type "${type}", which cannot be of the role "${role}". Change its role, or fit the recipe again.`,
    );
  }
  const encoding = use === 'used' ? readEncoding(fields.value('encoding'), role, what) : undefined;
  return {
    name: fields.text('name'),
    type,
    role,
    use,
    why: fields.has('why') ? fields.text('why') : 'As the recipe says.',
    missing: fields.has('missing') ? fields.count('missing') : 0,
    rows: fields.has('rows') ? fields.count('rows') : 0,
    width: encoding ? widthOf(encoding) : 0,
    ...(fields.has('unit') && { unit: fields.text('unit') }),
    encoding,
  };
}

function readEncoding(value: unknown, role: ColumnRole, what: string): ColumnEncoding {
  const kind = ENCODINGS[role];
  if (kind === undefined) {
    throw new DataError(
      `${what} is used, but a column of the role "${role}" cannot be. Change its role or its use.`,
    );
  }
  const fields = new JsonFields(value, `The encoding of ${what}`);
  fields.oneOf('kind', [kind]);
  switch (kind) {
    case 'number':
      return {
        kind,
        unit: fields.oneOf('unit', ['one', 'day', 'hour']),
        ...(fields.has('dates') && { dates: fields.oneOf('dates', DATE_NUMBERS) }),
        fill: fields.number('fill'),
        center: fields.number('center'),
        scale: fields.positive('scale'),
        indicator: fields.has('indicator') && fields.boolean('indicator'),
      };
    case 'category':
      return readCategory(fields, what);
    case 'vector':
      return readVector(fields);
  }
}

function readCategory(fields: JsonFields, what: string): ColumnEncoding {
  const levels = fields.texts('levels');
  const others = fields.has('others') ? fields.texts('others') : [];
  const all = [...levels, ...others];
  if (levels.length === 0 || new Set(all).size < all.length) {
    throw new DataError(`The levels of ${what} must be at least one, and all different.`);
  }
  const missing = fields.has('missing') && fields.boolean('missing');
  return { kind: 'category', levels, others, missing, weight: fields.positive('weight') };
}

function readVector(fields: JsonFields): VectorEncoding {
  const width = fields.count('width');
  const fill = fields.has('fill') ? fields.numbers('fill', width) : undefined;
  const oneOrEach = (name: string): number | readonly number[] =>
    Array.isArray(fields.value(name)) ? fields.numbers(name, width) : fields.number(name);
  const scale = oneOrEach('scale');
  const scales = typeof scale === 'number' ? [scale] : scale;
  if (scales.some((factor) => factor <= 0)) fields.refuse('scale', 'above 0');
  return { kind: 'vector', width, fill, center: oneOrEach('center'), scale };
}
