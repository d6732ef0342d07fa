import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { encode } from '../../test/bytes.ts';
import { DownloadError } from '../errors.ts';
import { readTable } from './table.ts';

const text = '[{"x":1},{"x":2}]';

describe('readTable', () => {
  it('takes bytes, files, blobs and answers', async () => {
    const file = new File([text], 'points.json');
    const answer = new Response(text);
    const tables = await Promise.all([
      readTable(encode(text), 'points.json'),
      readTable(file),
      readTable(new Blob([text]), 'points.json'),
      readTable(answer, 'points.json'),
    ]);
    for (const table of tables) {
      expect(table).toMatchObject({ name: 'points.json', rows: 2, columns: [{ name: 'x', type: 'number' }] });
    }
  });

  it.each([
    ['a.csv', 'x,y\n1,2\n', 'csv'],
    ['a.json', text, 'json'],
    ['a.json', '[[1,2],[3,4]]', 'json'],
    ['a.json', '{"x":1}\n{"x":2}\n', 'ndjson'],
  ])('says which format the file has: %s', async (name, content, format) => {
    expect((await readTable(encode(content), name)).format).toBe(format);
  });

  it('asks for a name', async () => {
    await expect(readTable(encode(text))).rejects.toThrow(InvalidArgumentError);
    await expect(readTable(new Blob([text]))).rejects.toThrow(/Give the name of the file/);
  });

  it('says what to use for a path', async () => {
    await expect(readTable('a.csv' as unknown as Uint8Array)).rejects.toThrow(
      /got the text "a\.csv"\. For a path, use readTableFile/,
    );
  });

  it('says that a server refused', async () => {
    await expect(readTable(new Response('', { status: 403 }), 'a.csv')).rejects.toThrow(DownloadError);
  });
});
