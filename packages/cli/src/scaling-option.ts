import { Option } from 'commander';

/** `--scaling`, which also takes the spelling of 0.1.0. */
export function scalingOption(description: string, kinds: readonly string[]): Option {
  const option = new Option('--scaling <kind>', description).choices(kinds);
  const check = option.parseArg;
  return check === undefined
    ? option
    : option.argParser((value: string, previous: string | undefined) =>
        check(value === 'standardise' ? 'standardize' : value, previous),
      );
}
