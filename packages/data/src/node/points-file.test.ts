import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { InvalidArgumentError } from '@shoal/core';
import { cellAt, type Table } from '@shoal/tables';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { encode, gzipped } from '../../test/bytes.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { DownloadError, FormatError } from '../errors.ts';
import { readLabelsFile, readPointsFile, readTableFile } from './points-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await temporaryFolder();
});

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

const column = ({ columns, rows }: Table, at: number): unknown[] =>
  Array.from({ length: rows }, (_, row) => cellAt(columns[at], row));

describe('several files', () => {
  it('are the files of a folder, in the order of their numbers', async () => {
    await write({
      'part-10.json': '[{"x":10,"y":"b"}]',
      'part-2.json.gz': gzipped(encode('[{"y":"a","x":2},{"y":"b","x":3}]')),
      '.hidden.json': 'x',
      _SUCCESS: '',
      'notes.md': '# notes',
    });
    await mkdir(join(folder, 'more'));
    const table = await readTableFile(folder);
    expect(table.columns.map(({ name }) => name)).toEqual(['y', 'x']);
    expect([column(table, 0), column(table, 1)]).toEqual([
      ['a', 'b', 'b'],
      [2, 3, 10],
    ]);
    expect(table.notes).toEqual(['The rows of 2 files follow one another, in the order of their names.']);
  });

  it('are those that a pattern matches, or a list', async () => {
    await write({ 'a.json': '[{"x":1}]', 'b.json': '[{"x":2}]', 'c.txt': 'x', 'd[1].json': '[{"x":3}]' });
    expect(column(await readTableFile(join(folder, '{a,b}.json')), 0)).toEqual([1, 2]);
    expect(column(await readTableFile([join(folder, 'b.json'), join(folder, 'a.json')]), 0)).toEqual([2, 1]);
    // The name of a file counts more than a pattern.
    expect((await readTableFile(join(folder, 'd[1].json'))).name).toBe('d[1].json');
  });

  it.each([
    ['[{"x":1}]', '[{"z":1}]', /^b\.json: the column "x" of "a\.json" is missing/],
    ['[{"x":1}]', '[{"x":1,"z":1}]', /^b\.json: the column "z" is not in "a\.json"/],
    [
      '[{"x":1}]',
      '[{"x":"one"}]',
      /^b\.json: the column "x" is of type text, but of type number in "a\.json"/,
    ],
    ['[{"x":[1,2]}]', '[{"x":[1]}]', /^b\.json: the vectors of the column "x" have 1 values; .* have 2/],
  ])('must have the same columns: %s and %s', async (a, b, message) => {
    await write({ 'a.json': a, 'b.json': b });
    await expect(readTableFile(folder)).rejects.toThrow(FormatError);
    await expect(readTableFile(folder)).rejects.toThrow(message);
  });

  it.each([
    ['[{"x":null,"y":1}]', '[{"x":"a","y":1}]', 'text', [undefined, 'a']],
    ['[{"x":true}]', '[{"x":null}]', 'boolean', [true, undefined]],
    ['[{"x":null}]', '[{"x":1.5}]', 'number', [undefined, 1.5]],
    ['[{"x":null}]', '[{"x":[1,2]}]', 'vector', [undefined, Float64Array.of(1, 2)]],
  ])('may have a column without values: %s and %s', async (a, b, type, values) => {
    await write({ 'a.json': a, 'b.json': b });
    const table = await readTableFile(folder);
    expect(table.columns[0].type).toBe(type);
    expect(column(table, 0)).toEqual(values);
  });

  it('must be of one kind, and be there', async () => {
    await expect(readTableFile(folder)).rejects.toThrow(/this folder has no files of a format that is known/);
    await write({ 'a.json': '[1]', 'b.npy': '' });
    await expect(readTableFile(folder)).rejects.toThrow(
      /files of several kinds \(\.json, \.npy\)\. Name those/,
    );
    await expect(readTableFile(join(folder, '*.csv'))).rejects.toThrow(/no file matches this pattern/);
    await expect(readTableFile([])).rejects.toThrow(InvalidArgumentError);
    await expect(readTableFile(join(folder, 'none.csv'))).rejects.toThrow(/ENOENT/);
  });
});

describe('standard input', () => {
  function feed(bytes: Uint8Array): void {
    const input = Object.assign(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]), { fd: 1_000_000 });
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as never);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
  }

  it('is read as a table, as points and as labels', async () => {
    feed(encode('[[1,2],[3,4]]'));
    const table = await readTableFile('-');
    expect(table).toMatchObject({ name: 'standard input', rows: 2 });
    feed(encode('[[1,2],[3,4]]'));
    expect((await readPointsFile('-')).points).toMatchObject({ rows: 2, columns: 2 });
    feed(encode('[0,1]'));
    expect(await readLabelsFile('-')).toEqual(Int32Array.of(0, 1));
  });

  it('is read only once', async () => {
    const message = /standard input: it was read already, and can be read only once/;
    feed(encode('[[1,2],[3,4]]'));
    await expect(readTableFile(['-', '-'])).rejects.toThrow(message);
    feed(encode('[[1,2],[3,4]]'));
    await readPointsFile('-');
    await expect(readLabelsFile('-')).rejects.toThrow(FormatError);
    await expect(readLabelsFile('-')).rejects.toThrow(message);
  });

  it('may be aborted', async () => {
    const controller = new AbortController();
    const endless = new Readable({ read: () => undefined });
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Object.assign(endless, { fd: 1_000_000 }) as never);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const reading = readTableFile('-', { signal: controller.signal });
    setTimeout(() => {
      controller.abort(new Error('enough'));
    });
    await expect(reading).rejects.toThrow('enough');
  });
});

describe('addresses', () => {
  /** A server for one test on this machine; returns its address. */
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  }

  it('are fetched, with progress', async () => {
    const url = await serve((_, response) => response.end(gzipped(encode('[{"x":1},{"x":2}]'))));
    const seen: string[] = [];
    const onProgress = ({ phase }: { phase: string }): void => void seen.push(phase);
    const table = await readTableFile(`${url}some%20points.json.gz?v=1`, { onProgress });
    expect(table).toMatchObject({ name: 'some points.json.gz', rows: 2 });
    expect(seen).toContain('download');
  });

  it('say what the server answered', async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    await expect(readTableFile(`${url}a.csv`)).rejects.toThrow(DownloadError);
    await expect(readTableFile(`${url}a.csv`)).rejects.toThrow(
      /a\.csv: the server answered 404 Not Found\. Check/,
    );
    await expect(readTableFile('http://127.0.0.1:1/a.csv')).rejects.toThrow(/fetch failed/);
    await expect(readTableFile('http://')).rejects.toThrow(InvalidArgumentError);
  });

  it('are read no further than allowed', async () => {
    let sent = 0;
    const url = await serve((_, response) => {
      response.on('error', () => undefined);
      const more = (): void => {
        for (; sent < 1e8; sent += 1e5) if (!response.write(new Uint8Array(1e5).fill(65))) break;
        response.once('drain', more);
      };
      more();
    });
    const reading = readTableFile(`${url}a.json`, { maxBytes: 1e6 });
    await expect(reading).rejects.toThrow(FormatError);
    expect(sent).toBeLessThan(5e7);
  });

  it('may be aborted', async () => {
    const url = await serve(() => undefined);
    const signal = AbortSignal.timeout(20);
    await expect(readTableFile(`${url}a.csv`, { signal })).rejects.toThrow(/timeout/);
  });
});
