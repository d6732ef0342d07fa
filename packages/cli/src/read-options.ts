import {
  formatsWith,
  READ_OPTION_NAMES,
  READ_OPTIONS,
  type ReadOption,
  type ReadOptionName,
  type ReadOptions,
} from '@shoal/data';
import type { Table } from '@shoal/tables';
import { Option } from 'commander';

/** How the command spells an option of a file format: "--label-column". */
export function flagOf(name: ReadOptionName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The options of all file formats; commander needs new objects for each command. */
export function readOptions(): readonly Option[] {
  return READ_OPTION_NAMES.map((name) => {
    const described: ReadOption<unknown> = READ_OPTIONS[name];
    const { placeholder, help } = described;
    const option = new Option(`${flagOf(name)} <${placeholder}>`, `${formatsWith(name).join(', ')}: ${help}`);
    if ('parse' in described) return option.argParser(described.parse);
    const { words } = described;
    // `choices` makes its own parser, which refuses other values.
    const check = option.choices(Object.keys(words)).parseArg;
    return option.argParser((text, before) => {
      check?.(text, before);
      return words[text];
    });
  });
}

/** How a file was read: the options that were given, and the decimal mark that was found. */
export function readingOf(
  options: ReadOptions,
  { decimal }: Pick<Table, 'decimal'>,
): ReadOptions | undefined {
  const given = READ_OPTION_NAMES.filter((name) => options[name] !== undefined).map((name) => [
    name,
    options[name],
  ]);
  const reading = { ...(decimal && { decimal }), ...(Object.fromEntries(given) as ReadOptions) };
  return Object.keys(reading).length === 0 ? undefined : reading;
}

/** What `readingOf` gave when the run was saved; options of another version are left out. */
export function savedReading(metrics: object): ReadOptions | undefined {
  const { read } = metrics as { readonly read?: unknown };
  if (typeof read !== 'object' || read === null) return undefined;
  const known = Object.entries(read).filter(([name]) => READ_OPTION_NAMES.some((own) => own === name));
  return Object.fromEntries(known);
}
