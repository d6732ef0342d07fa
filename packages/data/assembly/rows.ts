// Rows of plain numbers in delimited text: the exports of the module. The host copies a block of text to the memory, calls
// `scanRows`, and judges itself whatever is not a plain number.
import { longDecimal, shortDecimal } from './decimal';
import { charactersAt, digitCount, numberOf, powerOfTen } from './digits';

export { exactPowers, widePowers } from './decimal';

/** Number of columns. */
export let columns: u32 = 0;
/** The byte between values; 256 where there is one column. */
export let separator: u32 = 0;
/** The byte of the decimal mark. */
export let mark: u32 = 0;
/** Address of one byte for each column; 0 where the values are numbers. */
export let kinds: usize = 0;
/** Address of the numbers, one column after the other. */
export let values: usize = 0;
/** Bytes from one column to the next. */
export let columnBytes: usize = 0;
/** Address where `scanRows` leaves four words: the column and the row that it stopped at, where that row starts (0 for the
 * first one), and whether it has read a number. */
export let state: usize = 0;

const TAB: u32 = 0x09;
const LINE_FEED: u32 = 0x0a;
const CARRIAGE_RETURN: u32 = 0x0d;
const SPACE: u32 = 0x20;
const MINUS: u32 = 0x2d;
const PLUS: u32 = 0x2b;
const ZERO: u32 = 0x30;
const EXPONENT: u32 = 0x65;

/** So many digits fit into 64 bits. */
const MOST_DIGITS: usize = 19;
/** So many digits behind the decimal mark are read; there may be more when it is one more. */
const MOST_PLACES: usize = 23;
/** Digits of an exponent. */
const MOST_EXPONENT_DIGITS: u32 = 4;
/** Whole numbers up to this one are exact in float64; longer ones are codes. */
const MAX_EXACT: u64 = 9007199254740991;
/** Bytes from one number to the next, as a power of two. */
const F64_SHIFT: usize = 3;
/** No number that is read here is longer. */
const LOOKAHEAD: usize = 64;

// @ts-ignore: decorator
@inline
function isBlank(byte: u32): bool {
  return byte === SPACE || (byte === TAB && separator !== TAB);
}

// @ts-ignore: decorator
@inline
function isLineEnd(byte: u32): bool {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/**
 * Reads the plain number that starts at an address, and stores it.
 *
 * @returns the address after it; 0 where the host must judge
 */
// @ts-ignore: decorator
@inline
function readNumber(start: usize, to: usize): usize {
  // Signs and numbers of digits are often random: there is no branch for them, which would be predicted wrong.
  const isNegative = <usize>(<u32>load<u8>(start) === MINUS);
  const first = start + isNegative;
  const characters = charactersAt(first);
  const whole = digitCount(characters);
  let at = first + <usize>whole;
  if (whole === 0 || whole === 8) return readLong(first, isNegative, to);
  if (<u32>(whole > 1) & <u32>(<u32>load<u8>(first) === ZERO)) return 0;
  let digits: u64;
  let places: u64 = 0;
  if (<u32>load<u8>(at) === mark) {
    const following = charactersAt(++at);
    places = digitCount(following);
    if (places === 8) return readLong(first, isNegative, to);
    at += <usize>places;
    digits =
      whole + places < 8
        ? numberOf((characters & ((<u64>1 << (8 * whole)) - 1)) | (following << (8 * whole)), whole + places)
        : numberOf(characters, whole) * powerOfTen(places) + numberOf(following, places);
  } else digits = numberOf(characters, whole);
  if (((<u32>load<u8>(at)) | 0x20) === EXPONENT) return readLong(first, isNegative, to);
  storeSigned(to, shortDecimal(digits, places), isNegative);
  return at;
}

// @ts-ignore: decorator
@inline
function storeSigned(to: usize, value: f64, isNegative: usize): void {
  store<u64>(to, reinterpret<u64>(value) | (<u64>isNegative << 63));
}

/** How many digits the last call of `readDigits` has read. */
let readCount: usize = 0;

/**
 * A number followed by the digits at an address, of which up to 24 are read. Without branches, because numbers are of all
 * lengths.
 */
// @ts-ignore: decorator
@inline
function readDigits(start: usize, before: u64): u64 {
  const first = charactersAt(start);
  const second = charactersAt(start + 8);
  const third = charactersAt(start + 16);
  const firstCount = digitCount(first);
  const secondCount = digitCount(second) & -(firstCount >> 3);
  const thirdCount = digitCount(third) & -(secondCount >> 3);
  readCount = <usize>(firstCount + secondCount + thirdCount);
  let digits = before * powerOfTen(firstCount) + numberOf(first, firstCount);
  digits = digits * powerOfTen(secondCount) + numberOf(second, secondCount);
  return digits * powerOfTen(thirdCount) + numberOf(third, thirdCount);
}

/** The same as `readNumber` for numbers with many digits, with an exponent, or without a digit before the decimal mark. */
function readLong(first: usize, isNegative: usize, to: usize): usize {
  let characters = charactersAt(first);
  let whole = <usize>digitCount(characters);
  let digits: u64;
  if (whole < 8) digits = numberOf(characters, <u64>whole);
  else {
    digits = readDigits(first, 0);
    whole = readCount;
  }
  let at = first + whole;
  if (whole > MOST_DIGITS || <u32>(whole > 1) & <u32>(<u32>load<u8>(first) === ZERO)) return 0;
  const isWhole = <u32>load<u8>(at) !== mark;
  let places: usize = 0;
  if (!isWhole) {
    digits = readDigits(++at, digits);
    places = readCount;
    at += places;
    if (places > MOST_PLACES || whole + places === 0) return 0;
    if (whole + places > MOST_DIGITS && significant(first, at) > MOST_DIGITS) return 0;
  } else if (whole === 0) return 0;
  let power = -(<i32>places);
  if (((<u32>load<u8>(at)) | 0x20) === EXPONENT) {
    const sign = <u32>load<u8>(++at);
    if (sign === MINUS || sign === PLUS) at++;
    characters = charactersAt(at);
    const count = digitCount(characters);
    if (count === 0 || count > MOST_EXPONENT_DIGITS) return 0;
    const exponent = <i32>numberOf(characters, count);
    power += sign === MINUS ? -exponent : exponent;
    at += <usize>count;
  } else if (isWhole && digits > MAX_EXACT) return 0;
  const value = longDecimal(digits, power);
  if (value !== value) return 0;
  storeSigned(to, value, isNegative);
  return at;
}

/** How many digits of a number follow the zeros that it begins with. */
function significant(first: usize, end: usize): usize {
  let at = first;
  while (at < end && (<u32>load<u8>(at) === ZERO || <u32>load<u8>(at) === mark)) at++;
  let count = end - at;
  for (; at < end; at++) if (<u32>load<u8>(at) === mark) count--;
  return count;
}

/**
 * Reads values from a column on, over the ends of lines, while they are plain numbers or missing. Blanks around them are
 * passed.
 *
 * @param start where a value starts
 * @param row the row's place among the numbers
 * @param lastRow a row that is not read
 * @param rowLimit rows that start here or later are not read
 * @param valueLimit values that start here or later are not read; the text goes on for at least 64 bytes
 * @param end where the text ends
 * @returns where the first value starts that was not read
 */
export function scanRows(
  start: usize,
  firstColumn: u32,
  firstRow: u32,
  lastRow: u32,
  rowLimit: usize,
  valueLimit: usize,
  end: usize,
): usize {
  let at = start;
  let rowStart: usize = 0;
  let column = firstColumn;
  let row = firstRow;
  let hasNumbers: u32 = 0;
  let to = values + <usize>column * columnBytes + (<usize>row << F64_SHIFT);
  while (at < valueLimit && load<u8>(kinds + <usize>column) === 0) {
    let next = readNumber(at, to);
    if (next !== 0) hasNumbers = 1;
    else {
      next = afterBlanks(at, end);
      if (next === 0) break;
      if (isMissing(next, column)) store<f64>(to, NaN);
      else {
        next = next === at ? 0 : readLater(next, to);
        if (next === 0) break;
        hasNumbers = 1;
      }
    }
    let byte = <u32>load<u8>(next);
    if (byte !== separator && !isLineEnd(byte)) {
      while (next < end && isBlank(<u32>load<u8>(next))) next++;
      if (next + 1 >= end) break;
      byte = <u32>load<u8>(next);
    }
    if (byte === separator) {
      if (column + 1 === columns) break;
      at = next + 1;
      column++;
      to += columnBytes;
    } else {
      if (!isLineEnd(byte) || column + 1 !== columns) break;
      at = next + (byte === CARRIAGE_RETURN && <u32>load<u8>(next + 1) === LINE_FEED ? 2 : 1);
      rowStart = at;
      column = 0;
      row++;
      to = values + (<usize>row << F64_SHIFT);
      if (row === lastRow || at >= rowLimit) break;
    }
  }
  store<u32>(state, column);
  store<u32>(state, row, 4);
  store<u32>(state, <u32>rowStart, 8);
  store<u32>(state, hasNumbers, 12);
  return at;
}

/** Where the blanks in front of a value end; 0 where that is too near the end of the text. */
function afterBlanks(start: usize, end: usize): usize {
  let at = start;
  while (at < end && isBlank(<u32>load<u8>(at))) at++;
  return at + LOOKAHEAD < end ? at : 0;
}

/** Whether nothing stands before the separator. An empty line is not a value. */
function isMissing(at: usize, column: u32): bool {
  const byte = <u32>load<u8>(at);
  return byte === separator || (isLineEnd(byte) && column > 0 && column + 1 === columns);
}

/** `readNumber`, for the values that have blanks in front. */
function readLater(start: usize, to: usize): usize {
  return readNumber(start, to);
}
