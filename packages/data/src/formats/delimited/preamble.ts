import { splitSample } from './split-sample.ts';

/** What stands above the table in a text. */
export interface Preamble {
  /** Where the table starts, in characters. */
  readonly end: number;
  /** How comment lines start; undefined when there are none below. */
  readonly comment?: string | undefined;
  /** How many there are above the table. */
  readonly commentLines: number;
  /** The text of the last one, without its mark. */
  readonly lastComment?: string | undefined;
  /** The separator of a first line `sep=;`, as spreadsheets write it. */
  readonly separator?: string | undefined;
}

const COMMENT_MARKS = ['#', '%', '//'];
/** A comment that has as many values as so many lines below it would be a strange chance. */
const JUDGED_LINES = 3;
const LINE = /([^\r\n]*)(\r\n|\r|\n|$)/y;

/** @param given how comment lines start, if the caller says so; "none" when there are none */
export function preambleOf(text: string, given: string | undefined): Preamble {
  const marks = given === undefined ? COMMENT_MARKS : given === 'none' ? [] : [given];
  let comment = given === 'none' ? undefined : given;
  let commentLines = 0;
  let lastComment: string | undefined;
  let separator: string | undefined;
  let at = 0;
  while (at < text.length) {
    LINE.lastIndex = at;
    const [whole, line] = LINE.exec(text) ?? ['', ''];
    const mark = marks.find((candidate) => line.startsWith(candidate));
    const named = at === 0 ? /^"?sep=(.)"?$/.exec(line)?.[1] : undefined;
    if (named !== undefined) separator = named;
    else if (mark !== undefined && given === undefined && isHeader(text, at, mark)) {
      comment = undefined;
      break;
    } else if (mark !== undefined && (comment === undefined || comment === mark)) {
      comment = mark;
      commentLines++;
      lastComment = line.slice(mark.length);
    } else if (line.trim() !== '') break;
    at += whole.length;
  }
  return { end: at, comment, commentLines, lastComment, separator };
}

/** Whether a line starts with a column that is called like a mark: "#,Name,Points". */
function isHeader(text: string, start: number, mark: string): boolean {
  const separator = text[start + mark.length];
  if (separator !== ',' && separator !== ';' && separator !== '\t' && separator !== '|') return false;
  const [{ cells }, ...below] = splitSample(text, separator, { from: start });
  return (
    below.length > 0 &&
    cells.every((cell) => cell !== '') &&
    below.slice(0, JUDGED_LINES).every((row) => row.cells.length === cells.length)
  );
}
