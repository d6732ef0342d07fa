import {
  formatsWith,
  READ_OPTION_NAMES,
  READ_OPTIONS,
  type ReadOption,
  type ReadOptionName,
} from '@shoal/data';
import { Option } from 'commander';

/** How the command spells an option of a file format: "--label-column". */
export function flagOf(name: ReadOptionName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The options of all file formats; commander needs new objects for each command. */
export function readOptions(): readonly Option[] {
  return READ_OPTION_NAMES.filter((name) => name !== 'labelColumn').map((name) => {
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
