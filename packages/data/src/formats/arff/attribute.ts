/** A column as the header of an ARFF file declares it. */
export interface Attribute {
  readonly name: string;
  readonly type: 'number' | 'nominal' | 'text' | 'date';
  /** The values of a nominal one; the first one stands for 0 in sparse rows. */
  readonly values: readonly string[];
}

const ATTRIBUTE = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s{]+)\s*(.*)$/i;
const NUMBERS = /^(numeric|real|integer)\b/i;

/** Reads a line `@attribute name type`; undefined when it is malformed. */
export function attributeOf(line: string): Attribute | undefined {
  const match = ATTRIBUTE.exec(line);
  if (match === null) return undefined;
  const name = unquoted(match[1]);
  const type = match[2].trim();
  if (NUMBERS.test(type)) return { name, type: 'number', values: [] };
  if (/^string\b/i.test(type)) return { name, type: 'text', values: [] };
  if (/^date\b/i.test(type)) return { name, type: 'date', values: [] };
  const list = /^\{(.*)\}/.exec(type)?.[1];
  return list === undefined ? undefined : { name, type: 'nominal', values: cellsOf(list) };
}

/**
 * The values between commas or tabs, without the quotes and blanks around them; quotes of both kinds may hold commas, and a
 * backslash stands before a quote in quotes.
 */
export function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ') at++;
    const start = at;
    const quote = line[at];
    if (quote === "'" || quote === '"') {
      at++;
      while (at < line.length && line[at] !== quote) at += line[at] === '\\' ? 2 : 1;
      at++;
    }
    while (at < line.length && line[at] !== ',' && line[at] !== '\t') at++;
    cells.push(unquoted(line.slice(start, at).trim()));
    if (at >= line.length) return cells;
    at++;
  }
}

/** A text without quotes around it, with its escaped characters as themselves. */
export function unquoted(text: string): string {
  const quote = text.charAt(0);
  const isQuoted = text.length > 1 && (quote === "'" || quote === '"') && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text;
}
