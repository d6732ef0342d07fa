import type { SchemaElement } from 'hyparquet';
import type { WrittenType } from './written-type.ts';

/** How a column stands in the schema of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: WrittenType;
  /** Whether any value is missing. */
  readonly isOptional: boolean;
}

const UNITS = { ms: 'MILLIS', us: 'MICROS', ns: 'NANOS' } as const;

export function schemaOf(columns: readonly ParquetColumn[]): SchemaElement[] {
  return [{ name: 'schema', num_children: columns.length }, ...columns.flatMap(elementsOf)];
}

function elementsOf({ name, type, isOptional }: ParquetColumn): readonly SchemaElement[] {
  const repetition_type = isOptional ? 'OPTIONAL' : 'REQUIRED';
  if (type.kind !== 'vector') return [{ ...elementOf(type), name, repetition_type }];
  const element = type.element === 'uint8' ? integerElement(8, false) : floatElement(type.element);
  // A number of a vector may be missing.
  const number: SchemaElement = { ...element, name: 'element', repetition_type: 'OPTIONAL' };
  if (type.imageWidth === undefined) return listOf(name, repetition_type, [number]);
  return listOf(name, repetition_type, listOf('element', 'OPTIONAL', [number]));
}

/** A list, whose elements are described by the last elements. */
function listOf(
  name: string,
  repetition_type: 'OPTIONAL' | 'REQUIRED',
  ofElements: readonly SchemaElement[],
): readonly SchemaElement[] {
  return [
    { name, repetition_type, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...ofElements,
  ];
}

type Element = Omit<SchemaElement, 'name' | 'repetition_type'>;

function elementOf(type: Exclude<WrittenType, { kind: 'vector' }>): Element {
  switch (type.kind) {
    case 'integer':
      return integerElement(type.bits, type.signed);
    case 'float':
      if (type.bits !== 16) return floatElement(type.bits === 32 ? 'float32' : 'float64');
      return { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2, logical_type: { type: 'FLOAT16' } };
    case 'decimal': {
      const { precision, scale } = type;
      const logical_type = { type: 'DECIMAL', precision, scale } as const;
      return { type: 'INT64', converted_type: 'DECIMAL', precision, scale, logical_type };
    }
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'day':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'time':
      return {
        type: type.unit === 'ms' ? 'INT32' : 'INT64',
        logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: UNITS[type.unit] },
      };
    case 'moment':
      return {
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: type.zone !== undefined, unit: UNITS[type.unit] },
      };
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
    case 'uuid':
      return { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } };
    case 'bytes':
      return { type: 'BYTE_ARRAY' };
  }
}

function floatElement(element: 'float32' | 'float64'): Element {
  return { type: element === 'float32' ? 'FLOAT' : 'DOUBLE' };
}

/** Without the newer logical type, because hyparquet-writer writes its width in a form that pyarrow refuses. */
function integerElement(bits: 8 | 16 | 32 | 64, signed: boolean): Element {
  return {
    type: bits === 64 ? 'INT64' : 'INT32',
    converted_type: signed ? `INT_${bits}` : `UINT_${bits}`,
  };
}
