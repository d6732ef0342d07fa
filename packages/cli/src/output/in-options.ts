import { READ_OPTION_NAMES } from '@shoal/data';
import { flagOf } from '../read-options.ts';

/** Settings of programs, and the options of the command that set them. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bscaling: '(\w+)'/g, '--scaling $1'],
  [/\bmaxIterations\b/g, '--max-iterations'],
  [/\braise --max-iterations or tolerance\b/g, 'raise --max-iterations or --tol'],
  [/\bregCovar\b/g, '--reg-covar'],
  [/\bnInit\b/g, '--n-init'],
  [/\bminDist\b/g, '--min-dist'],
  [/\bminClusterSize\b/g, '--min-cluster-size'],
  [/\bminSamples\b/g, '--min-samples'],
  [/\ballow a single cluster\b/g, 'give --allow-single-cluster'],
  [/\bmicroClusters = 0\b/g, '--micro-clusters 0'],
  [/\bmicroClusters\b/g, '--micro-clusters'],
  ...READ_OPTION_NAMES.map((name) => [new RegExp(`\\bthe ${name} option\\b`, 'gi'), flagOf(name)] as const),
  [/\blabelColumn\b/g, '--label-column'],
  [/\bmissing: '(\w+)'/g, '--missing $1'],
  [/^vectors names\b/, '--vectors names'],
  [/\bas: \{ ("[^"]*"): '(\w+)' \}/g, '--as $1=$2'],
  [/^(columns|exclude|id|as|vectors|weight)(?=:| is )/, '--$1'],
  [/\bthe option as, such as { x: "category" }/, '--as, such as --as x=category'],
  [/\bmake them categories\b/g, 'make them categories (--as column=category)'],
  [/\bmake the column a date\b/g, 'make the column a date (--as column=date)'],
  [/, or set outputActivation to 'linear'/g, ''],
];

/** A message of the packages with the names of the command's options instead of those of settings. */
export function inOptions(message: string): string {
  return WORDS.reduce((text, [word, option]) => text.replace(word, option), message);
}
