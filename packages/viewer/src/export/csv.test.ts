import { tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { toCsv, valuesFit } from './csv.ts';

const data = await buildClustering({
  points: [
    [1, 0.5],
    [2, 1e-7],
    [3, -1],
  ],
  labels: [0, 1, 5],
  clusters: 2,
  classes: { labels: ['=SUM(A1)', 'two\nlines', 'say "hi", please'] },
  columnNames: ['@first', 'second'],
});

describe('toCsv', () => {
  it('writes a line for each point by RFC 4180, with texts as they are', () => {
    const written = toCsv(data, [0, 1, 2]);
    expect(written.split('\r\n').slice(0, 2)).toEqual([
      'row,cluster,class,x,y,@first,second',
      '0,0,=SUM(A1),1,0.5,1,0.5',
    ]);
  });

  it('writes the columns of the table, so that every cell comes back as it was', async () => {
    const table = tableOf({
      name: ['=1+1', '', null],
      'mass, g': [0.1, null, 1e21],
      alive: [true, false, null],
      seen: [new Date(0), null, new Date(86_400_001)],
      id: ['007', ' x ', 'say "hi"\n'],
    });
    const labels = [1, 0, 7];
    const rows = await buildClustering({ labels, clusters: 2, positions: [0, 0, 1, 1, 2, 2], table });
    expect(toCsv(rows, [0, 1, 2])).toBe(
      [
        'row,cluster,x,y,name,"mass, g",alive,seen,id',
        '0,1,0,0,=1+1,0.1,true,1970-01-01T00:00:00.000Z,007',
        '1,0,1,1,,,false,, x ',
        '2,-1,2,2,,1e+21,,1970-01-02T00:00:00.001Z,"say ""hi""\n"',
        '',
      ].join('\r\n'),
    );
  });

  it('writes nothing that a spreadsheet would execute, when asked to', () => {
    expect(toCsv(data, [0, 1, 2], { guardFormulas: true })).toBe(
      [
        "row,cluster,class,x,y,'@first,second",
        "0,0,'=SUM(A1),1,0.5,1,0.5",
        `1,1,"two\nlines",2,${Math.fround(1e-7)},2,1e-7`,
        '2,-1,"say ""hi"", please",3,-1,3,-1',
        '',
      ].join('\r\n'),
    );
  });

  it('writes positions far from 0 as they are in the data', async () => {
    const labels = [0, 0, 0];
    const far = await buildClustering({ labels, positions: [1e9, -2e9, 1e9 + 1, -2e9, 1e9 + 2, 5 - 2e9] });
    expect(toCsv(far, [0, 2])).toBe(
      ['row,cluster,x,y', '0,0,1000000000,-2000000000', '2,0,1000000002,-1999999995', ''].join('\r\n'),
    );
  });

  it('leaves out values on request, and positions that are missing', () => {
    const lost = {
      ...data,
      positions: Float32Array.of(NaN, 0, 1, Infinity, 2, 2),
      rows: Uint32Array.of(7, 8, 9),
    };
    expect(toCsv(lost, Uint32Array.of(0, 1), { values: false })).toBe(
      ['row,cluster,class,x,y', '7,0,=SUM(A1),,0', '8,1,"two\nlines",1,', ''].join('\r\n'),
    );
  });

  it('refuses a table that no string can hold', () => {
    const wide = { ...data, points: { ...data.points!, columns: 6_000_000 } };
    expect(valuesFit(wide, 1)).toBe(true);
    expect(valuesFit(wide, 2)).toBe(false);
    expect(() => toCsv(wide, [0, 1])).toThrow(/select fewer points/);
  });
});
