import type { DateOrder } from './delimited/dates.ts';
import type { TextEncoding } from './delimited/encoding.ts';

/** Options of single formats. */
export interface ReadOptions {
  /** Whether the first line has the names of the columns; `auto` (default): yes when it is unlike the lines below it. */
  readonly header?: 'auto' | 'yes' | 'no' | undefined;
  /** What separates values; a space stands for runs of spaces and tabs. By default it is found by the content. */
  readonly delimiter?: ',' | ';' | '\t' | '|' | ' ' | undefined;
  /** The decimal mark; by default it is found by the content. */
  readonly decimal?: '.' | ',' | undefined;
  /** What stands between groups of three digits; by default it is found by the content. */
  readonly thousands?: ',' | '.' | ' ' | "'" | 'none' | undefined;
  /** How the characters of a text are written as bytes; by default it is found by the content. */
  readonly encoding?: TextEncoding | undefined;
  /** How comment lines start; by default `#`, `%` or `//` when lines above the table do. "none": there are none. */
  readonly comment?: string | undefined;
  /** Which comes first in dates such as 5/6/2024; by default it is found by the content. */
  readonly dateOrder?: DateOrder | undefined;
  /** Values that mean a missing one, beside the usual words: ["-999"]. */
  readonly missingValues?: readonly string[] | undefined;
  /** The tensor of the file that holds the points; not needed when there is only one. */
  readonly tensor?: string | undefined;
}
export type ReadOptionName = keyof ReadOptions;

/** How a command or a form presents an option. Its flag follows from its name: `--date-order`. */
export type ReadOption<Value> = {
  /** The placeholder of the value in a help text: "column". */
  readonly placeholder: string;
  /** A short description for people. */
  readonly help: string;
} & (
  | {
      /** The words that it accepts, and their values. */
      readonly words: Readonly<Record<string, Value>>;
    }
  | {
      /** Parses a text. */
      readonly parse: (text: string) => Value;
    }
);

/** Every option of formats, described once. Each format lists the options that it has. */
export const READ_OPTIONS: {
  readonly [Name in ReadOptionName]-?: ReadOption<NonNullable<ReadOptions[Name]>>;
} = {
  header: {
    placeholder: 'yes|no|auto',
    help: 'is the first line a header',
    words: { yes: 'yes', no: 'no', auto: 'auto' },
  },
  delimiter: {
    placeholder: 'name',
    help: 'what separates values: comma, semicolon, tab, pipe or space (default: by the content)',
    words: { comma: ',', semicolon: ';', tab: '\t', pipe: '|', space: ' ' },
  },
  decimal: {
    placeholder: 'point|comma',
    help: 'the decimal mark (default: by the content)',
    words: { point: '.', comma: ',' },
  },
  thousands: {
    placeholder: 'name',
    help: 'what stands between groups of digits: comma, point, space, apostrophe or none (default: by the content)',
    words: { comma: ',', point: '.', space: ' ', apostrophe: "'", none: 'none' },
  },
  encoding: {
    placeholder: 'name',
    help: 'encoding of a text: utf-8, utf-16le, utf-16be or latin-1 (default: by the content)',
    words: {
      'utf-8': 'utf-8',
      'utf-16le': 'utf-16le',
      'utf-16be': 'utf-16be',
      'latin-1': 'windows-1252',
      'windows-1252': 'windows-1252',
    },
  },
  comment: {
    placeholder: 'text',
    help: 'how comment lines start, or none (default: #, % or // above the table)',
    parse: (text) => text,
  },
  dateOrder: {
    placeholder: 'day|month',
    help: 'which comes first in dates such as 5/6/2024 (default: by the whole column)',
    words: { day: 'day', month: 'month' },
  },
  missingValues: {
    placeholder: 'values',
    help: 'values that mean a missing one, beside NA, ? and the like, with commas between them: -999',
    parse: (text) =>
      text
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== ''),
  },
  tensor: {
    placeholder: 'name',
    help: 'the tensor that holds the points',
    parse: (text) => text,
  },
};

export const READ_OPTION_NAMES = Object.keys(READ_OPTIONS) as readonly ReadOptionName[];

/** Options of files of every format, which no format lists. */
export const COMMON_READ_OPTIONS: readonly ReadOptionName[] = ['missingValues'];
