/** Greatest number of characters of a name or text that a message quotes. */
const MAX_QUOTED = 60;

/** A name or a text of a table, for messages: in quotes, and shortened, because it may be of any length. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text);
}

/** The first few of a list of names, in quotes, and how many more there are. */
export function quotedList(names: readonly string[], max = 5): string {
  const more = names.length > max ? `, and ${names.length - max} more` : '';
  return names.slice(0, max).map(quoted).join(', ') + more;
}
