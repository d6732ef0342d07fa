import { MISSING_CODE, type Column } from '@shoal/tables';
import { datesOfTexts } from '../delimited/dates.ts';

/** JSON has no dates: a column of texts that are all dates becomes one of dates; where two orders are as good, it stays. */
export function withDates(column: Column): Column {
  if (column.type !== 'text' || column.texts.length === 0) return column;
  const dates = datesOfTexts(column.texts);
  if (dates === undefined || 'ambiguous' in dates) return column;
  const { values, precision } = dates;
  return {
    type: 'date',
    name: column.name,
    values: Float64Array.from(column.codes, (code) => (code === MISSING_CODE ? NaN : values[code])),
    precision,
  };
}
