/** What programs set, by the options of the command. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bscaling: '(\w+)'/g, '--scaling $1'],
  [/\bmaxIterations\b/g, '--max-iterations'],
  [/\braise --max-iterations or tolerance\b/g, 'raise --max-iterations or --tol'],
  [/\bregCovar\b/g, '--reg-covar'],
  [/\bnInit\b/g, '--n-init'],
  [/\bminDist\b/g, '--min-dist'],
  [/\bthe label and header options\b/g, '--label-column and --header'],
  [/\bthe (delimiter|tensor|header) option\b/g, '--$1'],
  [/, or set outputActivation to 'linear'/g, ''],
];

/** A message of the packages, which speaks of settings, in the words of the command, which has options. */
export function inOptions(message: string): string {
  return WORDS.reduce((text, [word, option]) => text.replace(word, option), message);
}
