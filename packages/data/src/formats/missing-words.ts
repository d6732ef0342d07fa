/** Words that mean a missing value in any column, beside an empty one. */
const MISSING_WORDS: ReadonlySet<string> = new Set([
  ...[
    'NA',
    'N/A',
    'n/a',
    'N/a',
    'n.a.',
    'N.A.',
    'na',
    '#N/A',
    '#NA',
    '<NA>',
    '#N/A N/A',
    'NaN',
    'nan',
    'NAN',
    '-NaN',
    '-nan',
    '1.#QNAN',
  ],
  ...['null', 'NULL', 'Null', 'None', '\\N', '(null)'],
  ...[
    '?',
    '-',
    '--',
    '---',
    '.',
    '..',
    '#VALUE!',
    '#DIV/0!',
    '#REF!',
    '#NUM!',
    '#NAME?',
    'NaT',
    '\u2013',
    '\u2014',
  ],
]);

const ENCODED = Array.from(MISSING_WORDS, (word) => new TextEncoder().encode(word));
const LONGEST = Math.max(...ENCODED.map(({ length }) => length));
/** 1 for bytes that such words start with: most texts need not be decoded. */
const STARTS = new Uint8Array(256);
for (const [first] of ENCODED) STARTS[first] = 1;
const decoder = new TextDecoder();

/** Whether a text, without blanks around it, means that the value is missing. */
export function isMissingWord(text: string): boolean {
  return text === '' || MISSING_WORDS.has(text);
}

/** The same for UTF-8 bytes. */
export function isMissingText(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > LONGEST) return false;
  return (
    start === end ||
    (STARTS[bytes[start]] === 1 && MISSING_WORDS.has(decoder.decode(bytes.subarray(start, end))))
  );
}
