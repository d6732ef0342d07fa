import { describe, expect, it } from 'vitest';
import { encode, zipped } from '../../test/bytes.ts';
import fixture from '../../test/fixtures/arrays.json' with { type: 'json' };
import { writeNpy } from './npy.ts';
import { readPoints } from './points.ts';
import { readTable } from './table.ts';

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const { npz } = fixture;
const grid = Float32Array.of(0, 1, 2, 3, 4, 5);

describe('NPZ', () => {
  it.each(['one', 'compressed', 'with objects'] as const)('reads an archive with %s', async (name) => {
    // The name says NPY: the first bytes count more.
    const { columns } = await readTable(bytesOf(npz[name]), 'points.npy');
    expect(columns).toHaveLength(1);
    expect(columns[0]).toMatchObject({ type: 'vector', values: { data: grid, rows: 3, columns: 2 } });
  });

  it('adds arrays of one value per row to the only one of several', async () => {
    const { columns, rows, notes } = await readTable(bytesOf(npz['points and labels']), 'data.npz');
    expect(rows).toBe(3);
    expect(columns).toMatchObject([
      { name: 'X', type: 'vector', values: { data: grid } },
      { name: 'y', type: 'number', values: Float64Array.of(0, 1, 1) },
      { name: 'name', type: 'text', texts: ['a', 'b', 'c'] },
    ]);
    expect(notes).toEqual([
      'The columns are the arrays "X", "y", "name" of the archive.',
      'Left out, because their shapes are others: "k" ().',
    ]);
  });

  it('makes columns of arrays of one dimension', async () => {
    const { columns } = await readTable(bytesOf(npz.columns), 'data.npz');
    expect(columns).toMatchObject([
      { name: 'x', values: Float64Array.of(1.5, 2) },
      { name: 'y', values: Float64Array.of(3, 4) },
    ]);
  });

  it('reads the array that is named', async () => {
    const { points } = await readPoints(bytesOf(npz.two), 'data.npz', { tensor: 'test' });
    expect(points).toMatchObject({ rows: 2, columns: 2 });
  });

  it.each([
    ['two arrays that could be meant', npz.two, /not clear .* "train" \(3, 2\), "test" \(2, 2\)\.$/],
    ['columns of different lengths', npz.ragged, /not clear .* "x" \(3\), "y" \(2\)/],
    ['no arrays', npz.empty, /a ZIP archive which is empty/],
    ['a spreadsheet', fixture.spreadsheet, /ZIP archive with a spreadsheet.*Save the sheet as CSV/],
  ])('refuses %s', async (_, file, message) => {
    await expect(readTable(bytesOf(file), 'data.npz')).rejects.toThrow(message);
  });

  it('names the arrays when there is none of that name', async () => {
    const reading = readTable(bytesOf(npz.two), 'data.npz', { tensor: 'x' });
    await expect(reading).rejects.toThrow(/there is no array "x"; set the tensor option .*"train"/);
  });

  it('names what is in another archive', async () => {
    const bytes = zipped({ 'a.csv': encode('1,2'), 'b.csv': encode('1,2') });
    await expect(readTable(bytes, 'x.zip')).rejects.toThrow(
      /ZIP archive with "a.csv", "b.csv" in it.*Unpack it/,
    );
  });

  it('names the array that cannot be read', async () => {
    const reading = readTable(bytesOf(npz['with objects']), 'data.npz', { tensor: 'meta' });
    await expect(reading).rejects.toThrow(/^data.npz, array "meta": .*Python objects/);
  });

  it('unpacks no more than allowed', async () => {
    const bytes = zipped({ 'zeros.npy': writeNpy({ data: new Uint8Array(1e6), shape: [1000, 1000] }) });
    expect(bytes.length).toBeLessThan(10_000);
    await expect(readTable(bytes, 'bomb.npz', { maxBytes: 100_000 })).rejects.toThrow(
      /at most 100000 bytes are read/,
    );
    // The directory tells less than there is.
    const view = new DataView(bytes.buffer);
    const entry = bytes.findIndex((_, i) => i + 4 < bytes.length && view.getUint32(i, true) === 0x02014b50);
    view.setUint32(entry + 24, 1000, true);
    await expect(readTable(bytes, 'bomb.npz')).rejects.toThrow(/but the file has more/);
  });

  it('notices damage by the sum', async () => {
    const bytes = bytesOf(npz.one);
    // Into the last number of the only array, which is stored as it is.
    const name = Array.from(bytes.keys()).findLast((i) => bytes[i] === 0x50 && bytes[i + 2] === 1) ?? 0;
    bytes[name - 1] ^= 64;
    await expect(readTable(bytes, 'data.npz')).rejects.toThrow(/"points.npy" in it does not have .* the sum/);
  });
});
