import type { DateColumn, NumberColumn } from '@shoal/tables';
import { quantity } from '../shared/format.ts';

/** A number or a date of a column for people: "3,200", "2007-11-11", "13:45". */
export function valueText(column: NumberColumn | DateColumn, value: number): string {
  if (column.type === 'number') return quantity(value);
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  const [day, clock] = date.toISOString().split('T');
  const time = clock.slice(0, 5);
  switch (column.precision) {
    case 'day':
      return day;
    case 'time':
      return time;
    case 'moment':
      return `${day} ${time}`;
  }
}
