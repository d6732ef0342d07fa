import { matrix, ShapeError, type Matrix } from '@shoal/core';
import { BOOLEAN_WORDS, truthOf } from '../table/boolean-words.ts';
import { MISSING_BOOLEAN, MISSING_CODE } from '../table/cells.ts';
import type { Column, Table } from '../table/table.ts';
import { categoryNames } from './point-columns.ts';
import { UNITS } from './numbers-of.ts';
import {
  isUsed,
  type CategoryEncoding,
  type NumberEncoding,
  type RecipePlan,
  type UsedColumn,
  type VectorEncoding,
} from './plan.ts';
import { perComponent } from './vector-encoding.ts';

/** The value of one coordinate of a column in a row of the points. */
type Coordinate = (row: number, coordinate: number) => number;

/** Points as columns again; see `Recipe.inverse`. */
export function inverseTable(plan: RecipePlan, { data, rows, columns: stride, scale }: Matrix): Table {
  const used = plan.columns.filter(isUsed);
  const width = used.reduce((sum, use) => sum + use.width, 0);
  if (stride !== width) {
    throw new ShapeError(`The points of this recipe have ${width} columns; these have ${stride}.`);
  }
  let offset = 0;
  const columns = used.map((use) => {
    const start = offset;
    offset += use.width;
    return inverseColumn(use, rows, (row, coordinate) => data[row * stride + start + coordinate] * scale);
  });
  return { name: 'points', rows, columns, notes: [] };
}

function inverseColumn(use: UsedColumn, rows: number, at: Coordinate): Column {
  const { encoding } = use;
  switch (encoding.kind) {
    case 'number':
      return inverseNumber(use, encoding, rows, at);
    case 'category':
      return inverseCategory(use, encoding, rows, at);
    case 'vector':
      return { type: 'vector', name: use.name, values: inverseVector(encoding, rows, at) };
  }
}

function inverseNumber(
  { name }: UsedColumn,
  { unit, center, scale }: NumberEncoding,
  rows: number,
  at: Coordinate,
): Column {
  const values = Float64Array.from({ length: rows }, (_, row) => at(row, 0) * scale + center);
  if (unit === 'one') return { type: 'number', name, values, integers: values.every(Number.isInteger) };
  return {
    type: 'date',
    name,
    values: values.map((value) => Math.round(value * UNITS[unit])),
    precision: unit === 'hour' ? 'time' : 'moment',
  };
}

/** The category of the greatest coordinate, which of a mean of rows is the most frequent one. */
function inverseCategory(
  { name, type, width }: UsedColumn,
  encoding: CategoryEncoding,
  rows: number,
  at: Coordinate,
): Column {
  const texts = categoryNames(encoding);
  const known = encoding.missing ? width - 1 : width;
  const codes = Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let level = 1; level < width; level++) if (at(row, level) > at(row, best)) best = level;
    return best < known ? best : MISSING_CODE;
  });
  const levels = texts.slice(0, known);
  const truths = levels.map(truthOf);
  if (type !== 'boolean' || truths.includes(undefined)) return { type: 'text', name, texts: levels, codes };
  const values = Uint8Array.from(codes, (code) => (code < 0 ? MISSING_BOOLEAN : Number(truths[code])));
  const [no, yes] = BOOLEAN_WORDS[0];
  const words = [levels[truths.indexOf(false)] ?? no, levels[truths.indexOf(true)] ?? yes] as const;
  return { type: 'boolean', name, values, words };
}

function inverseVector({ width, center, scale }: VectorEncoding, rows: number, at: Coordinate): Matrix {
  const [centers, scales] = [perComponent(center, width), perComponent(scale, width)];
  const data = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < width; j++) data[row * width + j] = at(row, j) * scales[j] + centers[j];
  }
  return matrix(data, rows, width);
}
