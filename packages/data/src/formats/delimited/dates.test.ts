import { describe, expect, it } from 'vitest';
import { datesOfTexts } from './dates.ts';

/** The dates of texts in ISO 8601; undefined when they are none. */
function isoOf(texts: readonly string[], order?: 'day' | 'month'): readonly string[] | undefined {
  const dates = datesOfTexts(texts, order);
  if (dates === undefined || 'ambiguous' in dates) return undefined;
  return Array.from(dates.values, (value) => new Date(value).toISOString());
}

const day = (date: string): string => `${date}T00:00:00.000Z`;

describe('datesOfTexts', () => {
  it.each([
    ['2024-05-01', day('2024-05-01')],
    ['2024/05/01', day('2024-05-01')],
    ['2024-05', day('2024-05-01')],
    ['01.05.2024', day('2024-05-01')],
    ['5/13/2024', day('2024-05-13')],
    ['13/5/2024', day('2024-05-13')],
    ['13/5/68', day('2068-05-13')],
    ['13/5/69', day('1969-05-13')],
    ['12 Jan 2000', day('2000-01-12')],
    ['Jan 12, 2000', day('2000-01-12')],
    ['January 12 2000', day('2000-01-12')],
    ['12-Jan-99', day('1999-01-12')],
    ['Sept 2001', day('2001-09-01')],
    ['Sept. 9, 2001', day('2001-09-09')],
    ['9 DECEMBER 2001', day('2001-12-09')],
    ['0001-01-01', day('0001-01-01')],
    ['2024-02-29T12:30', '2024-02-29T12:30:00.000Z'],
    ['2024-02-29 12:30:15.25', '2024-02-29T12:30:15.250Z'],
    ['2024-02-29T12:30:15Z', '2024-02-29T12:30:15.000Z'],
    ['2024-02-29T12:30:15+02:00', '2024-02-29T10:30:15.000Z'],
    ['2024-02-29 12:30:15 -0530', '2024-02-29T18:00:15.000Z'],
    ['5/13/2024 3:45 PM', '2024-05-13T15:45:00.000Z'],
    ['5/13/2024 12:05 am', '2024-05-13T00:05:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(isoOf([text])).toEqual([iso]);
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '31.04.2024',
    '2024-05-01T25:00',
    '5.6',
    'May',
    'Deck 10',
    'May 10',
    'Marker 12',
    'Mary 30',
    'Septem 2001',
    '20240501',
    'x',
  ])('does not take %s for a date', (text) => {
    expect(isoOf([text])).toBeUndefined();
  });

  it('takes "May 10" for a month where other values are months', () => {
    expect(isoOf(['May 10', 'May 2011'])).toEqual([day('2010-05-01'), day('2011-05-01')]);
    expect(isoOf(['May 10', 'Jan 98'])).toEqual([day('2010-05-01'), day('1998-01-01')]);
    expect(isoOf(['May 10', 'Aug 3', 'Sep 30'])).toBeUndefined();
    expect(isoOf(['May-10'])).toEqual([day('2010-05-01')]);
  });

  it('finds the order of the whole column', () => {
    expect(isoOf(['3/4/2024', '13/4/2024'])).toEqual([day('2024-04-03'), day('2024-04-13')]);
    expect(isoOf(['3/4/2024', '4/13/2024'])).toEqual([day('2024-03-04'), day('2024-04-13')]);
    expect(isoOf(['13/4/2024', '4/13/2024'])).toBeUndefined();
    expect(isoOf(['03.04.2024', '05.06.2024'])).toEqual([day('2024-04-03'), day('2024-06-05')]);
    expect(isoOf(['1/1/2024', '1/2/2024', '2/1/2024', '3/1/2024'])).toEqual(
      ['2024-01-01', '2024-01-02', '2024-02-01', '2024-03-01'].map(day),
    );
  });

  it('says when both orders are as good, unless told', () => {
    expect(datesOfTexts(['3/4/2024'])).toEqual({
      ambiguous: expect.stringMatching(/"3\/4\/2024" .* 2024-04-03 .* 2024-03-04 /) as string,
    });
    expect(isoOf(['3/4/2024'], 'month')).toEqual([day('2024-03-04')]);
  });

  it('knows how exact they are', () => {
    expect(datesOfTexts(['2024-05-01'])).toMatchObject({ precision: 'day' });
    expect(datesOfTexts(['2024-05-01 10:00'])).toMatchObject({ precision: 'moment' });
    expect(datesOfTexts(['10:30', '23:59:59.5'])).toMatchObject({
      precision: 'time',
      values: Float64Array.of(37_800_000, 86_399_500),
    });
  });
});
