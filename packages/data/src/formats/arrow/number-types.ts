import { DateUnit, Precision, TimeUnit, Type } from '@uwdata/flechette';
import {
  asNumbers,
  BOOLEAN_TYPE,
  dayType,
  decimalType,
  float32Type,
  float64Type,
  int64Numbers,
  integerType,
  momentType,
  timeType,
  type NumberType,
} from '../columnar/number-type.ts';
import { halfFloats } from '../elements.ts';
import { isThere, type ArrowBatch, type ArrowType } from './batch.ts';

/** How a column of numbers, dates or booleans is read; undefined when it has anything else. */
export function numberTypeOf(type: ArrowType): NumberType | undefined {
  const { typeId } = type;
  if (typeId === Type.Bool) return BOOLEAN_TYPE;
  if (typeId === Type.Int) return integerType(type.bitWidth, type.signed);
  if (typeId === Type.Float) return floatType(type.precision);
  // The reader of Arrow has put the decimal point.
  if (typeId === Type.Decimal)
    return { ...decimalType(type.precision, type.scale, asNumbers), numbers: asNumbers };
  if (typeId === Type.Date) {
    return type.unit === DateUnit.DAY ? dayType() : { ...dayType(), numbers: int64Numbers };
  }
  if (typeId === Type.Time) return timeType(unitOf(type.unit));
  if (typeId === Type.Timestamp) return momentType(unitOf(type.unit), type.timezone ?? undefined);
  if (typeId === Type.Duration) return float64Type(`duration[${unitOf(type.unit)}]`, int64Numbers);
  return undefined;
}

function floatType(precision: (typeof Precision)[keyof typeof Precision]): NumberType {
  if (precision === Precision.DOUBLE) return float64Type();
  if (precision === Precision.SINGLE) return float32Type();
  return float32Type('float16', (values) => halfFloats(Uint16Array.from(asNumbers(values))));
}

function unitOf(unit: (typeof TimeUnit)[keyof typeof TimeUnit]): 's' | 'ms' | 'us' | 'ns' {
  if (unit === TimeUnit.SECOND) return 's';
  if (unit === TimeUnit.MILLISECOND) return 'ms';
  return unit === TimeUnit.MICROSECOND ? 'us' : 'ns';
}

/** The numbers of a batch, one per row; what those of missing values are does not matter. */
export function numbersOf(batch: ArrowBatch, type: NumberType): ArrayLike<number> {
  const { length, values } = batch;
  const { typeId } = batch.type;
  if (typeId === Type.Bool) return Uint8Array.from({ length }, (_, row) => Number(batch.value(row)));
  if (typeId !== Type.Decimal) return type.numbers(values.subarray(0, length));
  return Float64Array.from({ length }, (_, row) => (isThere(batch, row) ? Number(batch.value(row)) : NaN));
}
