import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { encode, gzipped, idx, zipped } from '../../test/bytes.ts';
import { FormatError } from '../errors.ts';
import type { ReadRequest } from './format.ts';
import { FORMATS, formatOf, formatsWith } from './index.ts';
import { writeNpy } from './npy.ts';
import { readPoints } from './points.ts';
import { COMMON_READ_OPTIONS, READ_OPTIONS, READ_OPTION_NAMES, type ReadOptions } from './read-options.ts';
import { writeSafetensors } from './safetensors.ts';

const values = Float32Array.of(1, 2, 3, 4, 5, 6);
const array = { data: values, shape: [3, 2] };

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** A file of each format with the same three points. */
const FILES: Readonly<Record<string, Uint8Array>> = {
  idx: idx([3, 2], values),
  npy: writeNpy(array),
  npz: zipped({ 'points.npy': writeNpy(array) }),
  safetensors: writeSafetensors({ points: array }),
  ndjson: encode('[1,2]\n[3,4]\n[5,6]\n'),
  json: encode('[[1,2],[3,4],[5,6]]'),
  arff: encode('@relation p\n@attribute x real\n@attribute y real\n@data\n1,2\n3,4\n5,6\n'),
  csv: encode('1,2\n3,4\n5,6\n'),
  // Written by pyarrow, with columns x and y of float32.
  parquet: fromBase64(
    'UEFSMRUAFSQVJCwVBhUAFQYVBhwAAAACAAAABgEAAIA/AABAQAAAoEAVABUkFSQsFQYVABUGFQYcAAAAAgAAAAYBAAAAQAAAgEAAAMBAFQQZPDUAGAZzY2hlbWEVBAAVCCUCGAF4ABUIJQIYAXkAFgYZHBksJgAcFQgZJQYAGRgBeBUAFgYWShZKJghJHBUAFQAVAgA8KQYZJgAGAAAAJgAcFQgZJQYAGRgBeRUAFgYWShZKJlJJHBUAFQAVAgA8KQYZJgAGAAAAFpQBFgYmCBaUAQAoIHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGSwcAAAcAAAAsQAAAFBBUjE=',
  ),
  arrow: fromBase64(
    'QVJST1cxAAD/////oAAAABAAAAAAAAoADAAGAAUACAAKAAAAAAEEAAwAAAAIAAgAAAAEAAgAAAAEAAAAAgAAAEAAAAAEAAAA2P///wAAAQMQAAAAFAAAAAQAAAAAAAAAAQAAAHkAAADK////AAABABAAFAAIAAYABwAMAAAAEAAQAAAAAAABAxAAAAAYAAAABAAAAAAAAAABAAAAeAAGAAgABgAGAAAAAAABAAAAAAD/////uAAAABQAAAAAAAAADAAWAAYABQAIAAwADAAAAAADBAAYAAAAIAAAAAAAAAAAAAoAGAAMAAQACAAKAAAAXAAAABAAAAADAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAMAAAAAAAAAAAAAAACAAAAAwAAAAAAAAAAAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAIA/AABAQAAAoEAAAAAAAAAAQAAAgEAAAMBAAAAAAP////8AAAAAEAAAAAwAFAAGAAgADAAQAAwAAAAAAAQAOAAAACgAAAAEAAAAAQAAALAAAAAAAAAAwAAAAAAAAAAgAAAAAAAAAAAAAAAAAAAACAAIAAAABAAIAAAABAAAAAIAAABAAAAABAAAANj///8AAAEDEAAAABQAAAAEAAAAAAAAAAEAAAB5AAAAyv///wAAAQAQABQACAAGAAcADAAAABAAEAAAAAAAAQMQAAAAGAAAAAQAAAAAAAAAAQAAAHgABgAIAAYABgAAAAAAAQDIAAAAQVJST1cx',
  ),
};

/** A value of each option with which those files can be read. */
const GIVEN: Required<ReadOptions> = {
  header: 'no',
  delimiter: ',',
  decimal: '.',
  thousands: 'none',
  encoding: 'utf-8',
  comment: '#',
  dateOrder: 'day',
  missingValues: ['-999'],
  tensor: 'points',
};

describe.each(FORMATS)('$title', ({ name, title, extensions, options, sniff }) => {
  const bytes = FILES[name];
  const file = `points.${extensions[0]}`;

  it.each(extensions)('is known by .%s, packed or not, in any case of letters', (extension) => {
    for (const ending of [extension, extension.toUpperCase(), `${extension}.gz`]) {
      expect(formatOf(encode('1'), `some/points.${ending}`).name).toBe(name);
    }
  });

  it('is read by its name, and by its first bytes if it has a signature', async () => {
    for (const known of sniff === undefined ? [file] : [file, 'points', 'points.csv']) {
      const { points } = await readPoints(gzipped(bytes), known);
      expect(points).toMatchObject({ rows: 3, columns: 2 });
      expect(Array.from(points.data)).toEqual(Array.from(values));
    }
  });

  it('says how many bytes it has, or undefined', () => {
    const announced = formatOf(bytes, file).announcedBytes(bytes, file);
    expect([undefined, bytes.length]).toContain(announced);
  });

  it.each(READ_OPTION_NAMES)('takes %s, or refuses it', async (option) => {
    const given: ReadOptions = { [option]: GIVEN[option] };
    const reading = readPoints(bytes, file, given);
    if (options.includes(option) || COMMON_READ_OPTIONS.includes(option)) {
      expect((await reading).points.rows).toBe(3);
      return;
    }
    await expect(reading).rejects.toThrow(InvalidArgumentError);
    await expect(reading).rejects.toThrow(
      `The ${option} option does not apply to "${file}", which is ${title}; leave it out.`,
    );
  });
});

it('names every format once, and no ending twice', () => {
  for (const list of [FORMATS.map(({ name }) => name), FORMATS.flatMap(({ extensions }) => extensions)]) {
    expect(new Set(list).size).toBe(list.length);
  }
});

it('has a format for every option', () => {
  for (const option of READ_OPTION_NAMES) {
    expect(formatsWith(option)).not.toEqual([]);
  }
});

it('names what it checked when the format is not known', () => {
  const bytes = Uint8Array.of(7, 0, 7);
  expect(() => formatOf(bytes, 'points.docx')).toThrow(FormatError);
  expect(() => formatOf(bytes, 'points.docx')).toThrow(
    /^points\.docx: the format is not known: the first bytes are not those of IDX.* or .*, and the name does not end in \.idx.* or \.\w+\.$/,
  );
});

it('takes a text by any name for delimited text', async () => {
  const { points } = await readPoints(encode('1 2\n3 4\n5 6\n'), 'points.docx');
  expect(Array.from(points.data)).toEqual(Array.from(values));
});

it('reads the words of options', () => {
  const { delimiter, missingValues } = READ_OPTIONS;
  expect('words' in delimiter && delimiter.words).toMatchObject({ comma: ',', tab: '\t', space: ' ' });
  const parse = 'parse' in missingValues ? missingValues.parse : undefined;
  expect(parse?.('-999, x')).toEqual(['-999', 'x']);
});

it('reports progress, and stops when it is aborted', async () => {
  const csv = FORMATS.find(({ name }) => name === 'csv')!;
  const bytes = encode('1,2\n'.repeat(300_000));
  const seen: number[] = [];
  const request: ReadRequest = {
    bytes,
    file: 'long.csv',
    options: {},
    onProgress: ({ completed }) => seen.push(completed),
  };
  await csv.read(request);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(bytes.length);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(csv.read({ ...request, signal })).rejects.toThrow('enough');
});
