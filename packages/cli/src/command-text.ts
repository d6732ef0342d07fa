/** A word that a shell takes as it is. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command is kept with a run, which others may read. */
function withoutPassword(word: string): string {
  return word.replace(/(rediss?:\/\/)[^@/]*@/, '$1***@');
}

/**
 * The command as a shell takes it, with quotes where an argument needs them.
 *
 * @param argv the arguments after `shoal`
 */
export function commandText(argv: readonly string[]): string {
  const words = argv
    .map(withoutPassword)
    .map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`));
  return ['shoal', ...words].join(' ');
}
