import { describe, expect, it } from 'vitest';
import { encode, gzipped, idx } from '../../test/bytes.ts';
import { FormatError } from '../errors.ts';
import { writeNpy } from './npy.ts';
import { readLabels, readPoints } from './points.ts';
import { writeSafetensors } from './safetensors.ts';

const values = Float32Array.of(1, 2, 3, 4, 5, 6);

describe('readPoints', () => {
  it('lays images out as rows and keeps their shape', async () => {
    const set = await readPoints(idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), 'images', { scale: 1 / 255 });
    expect(set).toMatchObject({ imageShape: [2, 2], points: { rows: 2, columns: 4, scale: 1 / 255 } });
    expect(set.points.data).toBeInstanceOf(Uint8Array);
  });

  it.each([
    ['NPY', writeNpy({ data: values, shape: [3, 2] }), 'points.dat'],
    ['safetensors', writeSafetensors({ points: { data: values, shape: [3, 2] } }), 'points.safetensors'],
    ['CSV', encode('1,2\n3,4\n5,6'), 'points.csv'],
    ['gzipped CSV', gzipped(encode('1,2\n3,4\n5,6')), 'points.CSV.gz'],
    ['tabs', encode('1\t2\n3\t4\n5\t6'), 'points.tsv'],
    ['whole numbers of NPY', writeNpy({ data: Int32Array.from(values), shape: [3, 2] }), 'points.npy'],
  ])('reads %s', async (_, bytes, name) => {
    const { points } = await readPoints(bytes, name);
    expect([points.rows, points.columns]).toEqual([3, 2]);
    expect(Array.from(points.data)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('passes CSV options on', async () => {
    const set = await readPoints(encode('1,2\n3,4'), 'p.csv', { labelColumn: 'first', scale: 0.5 });
    expect(set.labels).toEqual(Uint8Array.of(1, 3));
    expect(set.points).toMatchObject({ columns: 1, scale: 0.5 });
  });

  it('asks for the tensor when there are several', async () => {
    const two = writeSafetensors({ a: { data: values, shape: [3, 2] }, b: { data: values, shape: [2, 3] } });
    await expect(readPoints(two, 'p.safetensors')).rejects.toThrow(
      /set the tensor option .* "a" \(3, 2\), "b" \(2, 3\)/,
    );
    expect((await readPoints(two, 'p.safetensors', { tensor: 'b' })).points.rows).toBe(2);
  });

  it.each([
    ['an unknown format', Uint8Array.of(7, 0, 7), 'points.docx', /format is not known/],
    ['one dimension', idx([3], [1, 2, 3]), 'labels', /shape is \(3\)/],
    ['no rows', writeNpy({ data: new Uint8Array(0), shape: [0, 2] }), 'p.npy', /neither of them 0/],
  ])('rejects %s', async (_, bytes, name, message) => {
    await expect(readPoints(bytes, name)).rejects.toThrow(FormatError);
    await expect(readPoints(bytes, name)).rejects.toThrow(message);
  });
});

describe('readPoints, of values too large for float32, and by name', () => {
  it('rejects a float64 that float32 cannot hold, with its place', async () => {
    const bytes = writeNpy({ data: Float64Array.of(1, 2, 3, -1e300), shape: [2, 2] });
    await expect(readPoints(bytes, 'points.npy')).rejects.toThrow(/-1e\+300.*row 1, column 1.*too large/);
  });

  it('rejects such a number of a text, which float64 holds', async () => {
    await expect(readPoints(encode('1,2\n1e39,4\n'), 'p.csv')).rejects.toThrow(/1e\+39.*too large/);
  });
});

describe('readLabels', () => {
  it.each([
    ['IDX', idx([3], [9, 0, 1]), 'labels', Uint8Array.of(9, 0, 1)],
    ['NPY', writeNpy({ data: Uint32Array.of(9, 0, 1), shape: [3] }), 'labels.npy', Uint32Array.of(9, 0, 1)],
    [
      'NPY floats',
      writeNpy({ data: Float64Array.of(-9, 0, 1), shape: [3] }),
      'l.npy',
      Int32Array.of(-9, 0, 1),
    ],
    ['CSV', encode('label\n9\n0\n300\n'), 'labels.csv', Int32Array.of(9, 0, 300)],
  ])('reads %s', async (_, bytes, name, expected) => {
    expect(await readLabels(bytes, name)).toEqual(expected);
  });

  it('rejects fractions and tables', async () => {
    await expect(readLabels(encode('1\n2.5\n'), 'l.csv')).rejects.toThrow(/label 2 is 2.5/);
    await expect(readLabels(encode('1,2\n'), 'l.csv')).rejects.toThrow(/exactly one column/);
  });
});
