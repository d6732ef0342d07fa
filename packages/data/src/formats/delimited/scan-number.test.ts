import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../test/bytes.ts';
import { scanNumber, scanShort, SHORT_BYTES } from './scan-number.ts';

const POINT = 0x2e;
const COMMA = 0x2c;

/** The number that a whole text is; undefined when it is not one. `scanShort` must agree wherever it reads it. */
function numberOf(text: string, decimal = POINT): number | undefined {
  const bytes = encode(text);
  const out = new Float64Array(1);
  const padded = encode(text + ','.repeat(SHORT_BYTES));
  if (scanShort(padded, 0, decimal, out) === bytes.length) return out[0];
  return scanNumber(bytes, 0, bytes.length, decimal, out) === bytes.length ? out[0] : undefined;
}

describe('scanNumber', () => {
  it.each([
    '0',
    '-0',
    '+7',
    '.5',
    '5.',
    '1e5',
    '1E-5',
    '-1.25e+3',
    '0.1',
    '9007199254740991',
    '9007199254740993.0',
    '123456789012345678e2',
    '1e22',
    '1e23',
    '1e39',
    '1.7976931348623157e308',
    '5e-324',
    '2.4703282292062327208e-324',
    '1e-400',
    '0.30000000000000004',
    '8.41e21',
    '9.5367431640625e-7',
    '0.000000000000000000000000000000123456789012345678901234567890',
    '1.00000000000000011102230246251565',
    '0.00000000001234567890123',
    '0.000000001234567890123456789',
  ])('reads %s like Number', (text) => {
    expect(numberOf(text)).toBe(Number(text));
  });

  it.each(['', '-', '.', '1e', '1e+', 'e5', '1.2.3', '0x10', '1_000', 'NaN', 'inf', '1e400', '--1', '1-'])(
    'does not take %j for a number',
    (text) => {
      expect(numberOf(text)).toBeUndefined();
    },
  );

  it('takes codes for texts: with a zero in front, or too long for float64', () => {
    expect(
      ['007', '-01', '00.5', '9007199254740992', '12345678901234567890'].map((text) => numberOf(text)),
    ).toEqual(Array(5).fill(undefined));
  });

  it('knows other decimal marks, and stops at what follows', () => {
    expect(numberOf('-1,5', COMMA)).toBe(-1.5);
    expect(numberOf('1.5', COMMA)).toBeUndefined();
    const out = new Float64Array(1);
    expect(scanNumber(encode('x,12;3'), 2, 6, COMMA, out)).toBe(4);
    expect(out[0]).toBe(12);
  });

  it('gives the nearest float64 of 200,000 texts', () => {
    const random = new Random(7);
    const bits = new DataView(new ArrayBuffer(8));
    const digits = (count: number): string =>
      Array.from({ length: count }, () => Math.floor(random.uniform() * 10)).join('');
    for (let i = 0; i < 50_000; i++) {
      bits.setUint32(0, random.uniform() * 2 ** 32);
      bits.setUint32(4, random.uniform() * 2 ** 32);
      const anyBits = bits.getFloat64(0);
      const unit = random.uniform();
      const middle = halfway(unit * 10 ** Math.floor(random.uniform() * 8));
      for (const text of [
        Number.isFinite(anyBits) ? String(anyBits) : '1.5',
        String(unit / 3),
        `${1 + Math.floor(random.uniform() * 9)}.${digits(1 + Math.floor(random.uniform() * 24))}`,
        middle,
      ]) {
        const isCode = /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
        if (!isCode && numberOf(text) !== Number(text))
          expect([text, numberOf(text)]).toEqual([text, Number(text)]);
      }
    }
    expect(numberOf('0.1')).toBe(0.1);
  });
});

/** The text of a number about in the middle of two float64. */
function halfway(value: number): string {
  const text = value.toPrecision(21);
  return text.includes('e') ? '0.5' : text.slice(0, 19);
}
