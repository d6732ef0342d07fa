import { READ_OPTION_NAMES } from '@shoal/data';
import { flagOf } from '../read-options.ts';

/** What programs set, by the options of the command. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bscaling: '(\w+)'/g, '--scaling $1'],
  [/\bmaxIterations\b/g, '--max-iterations'],
  [/\braise --max-iterations or tolerance\b/g, 'raise --max-iterations or --tol'],
  [/\bregCovar\b/g, '--reg-covar'],
  [/\bnInit\b/g, '--n-init'],
  [/\bminDist\b/g, '--min-dist'],
  [/\bthe labelColumn and header options\b/g, '--label-column and --header'],
  ...READ_OPTION_NAMES.map((name) => [new RegExp(`\\bthe ${name} option\\b`, 'gi'), flagOf(name)] as const),
  [/, or set outputActivation to 'linear'/g, ''],
];

/** A message of the packages, which speaks of settings, in the words of the command, which has options. */
export function inOptions(message: string): string {
  return WORDS.reduce((text, [word, option]) => text.replace(word, option), message);
}
