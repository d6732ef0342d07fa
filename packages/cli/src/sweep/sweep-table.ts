import type { Sweep } from '@shoal/core';
import { plainTable } from '../output/tables.ts';
import { columnsOf } from './criteria.ts';

/** A sweep as a table; an asterisk marks the pick of each criterion. */
export function sweepTable(sweep: Sweep): string {
  const columns = columnsOf(sweep);
  const rows = sweep.rows.map((row) => [
    row.found < row.clusters ? `${row.clusters}, ${row.found} found` : String(row.clusters),
    ...columns.map(({ criterion, value, error }) => {
      const at = value(row);
      if (at === undefined) return '-  ';
      const off = error?.(row);
      const text = off === undefined ? show(at) : `${show(at)} ± ${off.toFixed(3)}`;
      return `${text} ${criterion && sweep.picks[criterion] === row.clusters ? '*' : ' '}`;
    }),
  ]);
  const picks = Object.entries(sweep.picks).map(([criterion, clusters]) => `${criterion} ${clusters}`);
  const head = ['clusters', ...columns.map(({ name }) => `${name}  `)];
  return [
    plainTable(head, rows),
    picks.length === 0 ? 'No criterion picks a number.' : `Picked (*): ${picks.join(', ')}.`,
  ].join('\n');
}

/** Few digits for small numbers, whole numbers for large ones. */
function show(value: number): string {
  return Math.abs(value) < 1000 ? value.toFixed(4) : value.toFixed(0);
}
