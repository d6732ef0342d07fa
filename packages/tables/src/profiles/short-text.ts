/** A text in one line, cut to a number of characters with an ellipsis. */
export function shortened(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= length
    ? line
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * A period as short as it can be told: "2014-03 to 2014-06", "2001 to 2009", "2014-03-01 to 03-09", "2014-03-01 08:30 to
 * 11:00", "08:30 to 11:00".
 */
export function periodOf(from: string, to: string): string {
  const length = resolutionOf(from, to);
  const [first, last] = [from, to].map((text) => text.slice(0, length).replace('T', ' '));
  if (first === last) return first;
  // Days are told within one month, and minutes within one day.
  const common = length === DAY ? YEAR + 1 : length === MINUTE ? DAY + 1 : 0;
  return `${first} to ${last.slice(common)}`;
}

const TIME = 'hh:mm'.length;
const YEAR = 'yyyy'.length;
const MONTH = 'yyyy-mm'.length;
const DAY = 'yyyy-mm-dd'.length;
const MINUTE = 'yyyy-mm-ddThh:mm'.length;
/** Years alone tell a period of at least so many. */
const MANY_YEARS = 3;

function resolutionOf(from: string, to: string): number {
  if (/^\d\d:/.test(from)) return TIME;
  // Years before 0 and after 9999 have a sign and six digits.
  if (!/^\d{4}-/.test(from) || !/^\d{4}-/.test(to)) return Math.max(from.length, to.length);
  if (Number(to.slice(0, YEAR)) - Number(from.slice(0, YEAR)) >= MANY_YEARS) return YEAR;
  if (from.slice(0, MONTH) !== to.slice(0, MONTH)) return MONTH;
  return from.slice(0, DAY) === to.slice(0, DAY) ? MINUTE : DAY;
}
