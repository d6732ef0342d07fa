import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '@shoal/core/engine-kit';
import { cellAt } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../test/bytes.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readTableFile } from '../../node/points-file.ts';
import { numberModule } from './number-module.ts';
import { openDelimited, type OpenedText } from './open-delimited.ts';
import { scanInThreads } from './scan-in-threads.ts';
import { scanWhole } from './scan-whole.ts';

function shared(text: string): Uint8Array {
  const bytes = encode(text);
  const room = new Uint8Array(new SharedArrayBuffer(bytes.length));
  room.set(bytes);
  return room;
}

const open = (bytes: Uint8Array): OpenedText => openDelimited({ bytes, file: 'a.csv', options: {} });
const module = await numberModule();
const inThreads = (opened: OpenedText) => scanInThreads(opened, { module }, { threads: 3, chunkBytes: 1000 });

const lines = Array.from({ length: 500 }, (_, i) => `${i},${i / 7},-${i}e3${i % 9 === 0 ? '\n' : ''}`);
const withLine = (at: number, line: string): string =>
  ['x,y,z', ...lines.slice(0, at), line, ...lines.slice(at)].join('\n');

describe('a text that threads divide', () => {
  it.each([
    ['missing values and blank lines', withLine(300, 'NA,,?')],
    ['a header that comes again', withLine(400, 'x,y,z')],
    ['no line break at the end', withLine(0, '1,2,3')],
    ['Windows lines', `${withLine(2, '1,2,3').replaceAll('\n', '\r\n')}\r\n`],
  ])('has the numbers that one thread reads: %s', async (_, text) => {
    const opened = open(shared(text));
    const divided = await inThreads(opened);
    const whole = atOnce(scanWhole(opened, {}));
    expect(divided).toMatchObject({
      rows: whole.rows,
      blankLines: whole.blankLines,
      repeatedHeaders: whole.repeatedHeaders,
      hasBareNumbers: true,
    });
    const numbersOf = ({ columns, rows }: typeof whole) =>
      columns.numbers.map((values) => values.subarray(0, rows));
    expect(divided && numbersOf(divided)).toEqual(numbersOf(whole));
  });

  it.each([
    ['a word', withLine(400, 'unknown,1,2')],
    ['quotes', withLine(400, '"1",2,3')],
    ['a line that is too short', withLine(400, '1,2')],
    ['a quote that does not end', withLine(400, '"1,2,3')],
    ['texts', withLine(2, 'a,b,c')],
    ['carriage returns alone', withLine(2, '1,2,3').replaceAll('\n', '\r')],
  ])('is left to one thread when it has %s', async (_, text) => {
    expect(await inThreads(open(shared(text)))).toBeUndefined();
  });

  it('is in shared memory', async () => {
    expect(await inThreads(open(encode(withLine(0, '1,2,3'))))).toBeUndefined();
  });

  it('is stopped', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      scanInThreads(open(shared(withLine(0, '1,2,3'))), { signal }, { threads: 2, chunkBytes: 1000 }),
    ).rejects.toThrow('enough');
  });

  it('is a large file', async () => {
    const path = join(await temporaryFolder(), 'large.csv');
    const line = `${Array.from({ length: 40 }, (_, i) => `${i}.123456789012`).join(',')}\n`;
    const count = Math.ceil(2 ** 25 / line.length) + 1;
    await writeFile(path, `${line}${line.repeat(count - 2)}${line.replace('0.1', '7.1')}`);
    const { rows, columns } = await readTableFile(path);
    expect(rows).toBe(count);
    expect([0, count - 1].map((row) => cellAt(columns[0], row))).toEqual([0.123456789012, 7.123456789012]);
    expect(cellAt(columns[39], count - 1)).toBe(39.123456789012);
  });
});
