import Table from 'cli-table3';
import { harmless } from './harmless.ts';

const PLAIN_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * A plain table for terminals and logs, without lines.
 *
 * @param sides where cells are; default: the first column to the left, all others, which are numbers, to the right
 */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  sides: readonly ('left' | 'right')[] = head.map((_, i) => (i === 0 ? 'left' : 'right')),
): string {
  const table = new Table({
    head: head.map(cell),
    chars: PLAIN_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: [...sides],
  });
  table.push(...rows.map((row) => row.map(cell)));
  return indent(table.toString().replace(/[ \t]+$/gm, ''));
}

/** Greatest number of characters of a cell, because names come from files. */
const MAX_CELL_LENGTH = 80;

/** A cell on one line. */
function cell(text: string): string {
  const line = harmless(text).replace(/[\t\n]/g, (end) => (end === '\t' ? '\\u0009' : '\\u000a'));
  return line.length > MAX_CELL_LENGTH ? `${line.slice(0, MAX_CELL_LENGTH)}...` : line;
}

/** Moves every line two columns to the right. */
export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
