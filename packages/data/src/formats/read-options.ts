/** Which column of a text holds the label. */
export type LabelColumn = 'auto' | 'none' | 'first' | 'last' | number | { readonly name: string };

/** Options of single formats. */
export interface ReadOptions {
  /** Whether the first line has the names of the columns; `auto` (default): yes when none of its values is a number. */
  readonly header?: 'auto' | 'yes' | 'no' | undefined;
  /**
   * The label's column: a number counts from 1, a name is looked up in the header. `auto` (default) takes the column
   * that the header calls "label", in any case of letters, or none when there is no such column.
   */
  readonly labelColumn?: LabelColumn | undefined;
  /** What separates values (default a comma, of TSV a tab). */
  readonly delimiter?: ',' | ';' | '\t' | undefined;
  /** The tensor of the file that holds the points; not needed when there is only one. */
  readonly tensor?: string | undefined;
}
export type ReadOptionName = keyof ReadOptions;

/** How a command or a form presents an option. Its flag follows from its name: `--label-column`. */
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
  labelColumn: {
    placeholder: 'column',
    help: 'column of the labels: first, last, none, a name or a number from 1',
    parse: parseLabelColumn,
  },
  delimiter: {
    placeholder: 'name',
    help: 'what separates values (default: a comma; a tab in .tsv)',
    words: { comma: ',', semicolon: ';', tab: '\t' },
  },
  tensor: {
    placeholder: 'name',
    help: 'the tensor that holds the points',
    parse: (text) => text,
  },
};

export const READ_OPTION_NAMES = Object.keys(READ_OPTIONS) as readonly ReadOptionName[];

/** A number is a position from 1; any other text is a column's name. */
function parseLabelColumn(text: string): LabelColumn {
  if (text === 'none' || text === 'first' || text === 'last') return text;
  return /^\d+$/.test(text) ? Number(text) : { name: text };
}
