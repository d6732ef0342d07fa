const COMMENT = /\/\/.*|\/\*[\s\S]*?\*\//g;

/**
 * Adds an item at the end of an array literal, however the array is laid out; the formatter lays it out anew.
 *
 * @param {string} source a module with `const NAME = [...]`, with or without a type
 * @param {string} name of the constant
 * @param {string} item
 * @throws {Error} when the source has no such array
 */
export function addToArray(source, name, item) {
  // Brackets and commas of comments do not count; all else keeps its place.
  const code = source.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '));
  const start = new RegExp(`\\bconst ${name}\\b[^=;]*=\\s*\\[`).exec(code);
  const open = start === null ? -1 : start.index + start[0].length;
  const close = start === null ? -1 : closingBracket(code, open);
  if (close < 0) throw new Error(`There is no array "const ${name} = [...]"; write it like this again.`);
  const last = code.slice(open, close).trimEnd();
  const comma = last === '' || last.endsWith(',') ? '' : ',';
  // A new line, because the last one may end in a comment; one only, because the formatter keeps empty lines.
  return `${source.slice(0, close).trimEnd()}\n${comma}${item}\n${source.slice(close)}`;
}

/**
 * @param {string} code
 * @param {number} open the place after the opening bracket
 */
function closingBracket(code, open) {
  let depth = 1;
  for (let i = open; i < code.length; i++) {
    if (code[i] === '[') depth++;
    if (code[i] === ']' && --depth === 0) return i;
  }
  return -1;
}

/**
 * @param {string} source
 * @param {string} before the text that it goes before; it must be there once
 * @param {string} text
 * @throws {Error} when `before` is not there, or more than once
 */
export function addBefore(source, before, text) {
  const parts = source.split(before);
  if (parts.length !== 2) {
    throw new Error(
      `${JSON.stringify(before)} should be there once, but is there ${parts.length - 1} times.`,
    );
  }
  return `${parts[0]}${text}${before}${parts[1]}`;
}
