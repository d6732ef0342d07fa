/** Which column of a text holds the label. */
export type LabelColumn = 'auto' | 'none' | 'first' | 'last' | number | { readonly name: string };

/** Options of single formats. */
export interface ReadOptions {
  /** Whether the first line names the columns; `auto` (default): when no value of it is a number. */
  readonly header?: 'auto' | 'yes' | 'no' | undefined;
  /**
   * The label's column: a number counts from 1, a name is looked up in the header. `auto` (default) takes the column that
   * the header calls "label", in any case of letters, and none when there is no such column.
   */
  readonly labelColumn?: LabelColumn | undefined;
  /** What separates values (default a comma, of TSV a tab). */
  readonly delimiter?: ',' | ';' | '\t' | undefined;
  /** Which tensor of a file holds the points; not needed when it has only one. */
  readonly tensor?: string | undefined;
}
export type ReadOptionName = keyof ReadOptions;

/** How a command or a form takes an option. Its flag follows from its name: `--label-column`. */
export type ReadOption<Value> = {
  /** What stands for the value in a help text: "column". */
  readonly placeholder: string;
  /** One phrase for people. */
  readonly help: string;
} & (
  | {
      /** The words it takes, and what they mean. */
      readonly words: Readonly<Record<string, Value>>;
    }
  | {
      /** What a text means. */
      readonly parse: (text: string) => Value;
    }
);

/** Every option of a format, described once. Which formats have it, they say themselves. */
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

/** A position counts from 1; any other text is a column's name. */
function parseLabelColumn(text: string): LabelColumn {
  if (text === 'none' || text === 'first' || text === 'last') return text;
  return /^\d+$/.test(text) ? Number(text) : { name: text };
}
