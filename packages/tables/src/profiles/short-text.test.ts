import { describe, expect, it } from 'vitest';
import { periodOf, shortened } from './short-text.ts';

describe('periodOf', () => {
  it.each([
    ['2001-02-03', '2009-12-31', '2001 to 2009'],
    ['2014-03-09', '2014-06-01', '2014-03 to 2014-06'],
    ['2013-12-31', '2014-01-01', '2013-12 to 2014-01'],
    ['2014-03-01', '2014-03-09', '2014-03-01 to 03-09'],
    ['2014-03-01', '2014-03-01', '2014-03-01'],
    ['2014-03-01T08:30:00.000Z', '2014-03-01T11:00:12.000Z', '2014-03-01 08:30 to 11:00'],
    ['08:30:00.000', '11:00:00.000', '08:30 to 11:00'],
    ['-000044-03-15', '-000043-01-01', '-000044-03-15 to -000043-01-01'],
  ])('from %s to %s is %s', (from, to, period) => {
    expect(periodOf(from, to)).toBe(period);
  });
});

describe('shortened', () => {
  it('is one line of whole characters', () => {
    expect(shortened(' two\n\tlines ', 20)).toBe('two lines');
    expect(shortened('🐟🐟🐟🐟', 3)).toBe('🐟🐟…');
    expect(shortened('a long name', 7)).toBe('a long…');
  });
});
