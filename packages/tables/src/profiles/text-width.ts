const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
const NO_WIDTH = /[\p{M}\p{Cf}]/u;

function widthOf(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The text in exactly `width` columns of a terminal: cut with an ellipsis, or filled with spaces. */
export function fitted(text: string, width: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const total = Array.from(line).reduce((sum, character) => sum + widthOf(character), 0);
  if (total <= width) return line + ' '.repeat(width - total);
  let kept = '';
  let used = 0;
  for (const character of line) {
    if (used + widthOf(character) > width - 1) break;
    kept += character;
    used += widthOf(character);
  }
  return `${kept}…${' '.repeat(width - 1 - used)}`;
}

/** Words in lines of at most `width` characters. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
