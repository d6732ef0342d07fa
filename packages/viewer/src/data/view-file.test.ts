import { FormatError, readSafetensors, writeSafetensors } from '@shoal/data/run';
import type { Tensor } from '@shoal/core';
import { cellAt, tableOf, type NumberColumn } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from './build-clustering.ts';
import { decodeImages, decodeView } from './decode-view.ts';
import { sampleClustering } from './sample.ts';
import type { ClusteringData } from './types.ts';
import { encodeImages, encodeView } from './view-file.ts';

/** Values of all types, some missing; a vector, which is not shown. */
const table = tableOf({
  mass: Array.from({ length: 200 }, (_, i) => (i === 7 ? NaN : i / 10)),
  year: Array.from({ length: 200 }, (_, i) => 2007 + (i % 3)),
  sex: Array.from({ length: 200 }, (_, i) => (i % 5 === 0 ? null : ['male', '=female', ''][i % 3])),
  alive: Array.from({ length: 200 }, (_, i) => (i % 7 === 0 ? null : i % 2 === 0)),
  seen: Array.from({ length: 200 }, (_, i) => (i === 3 ? null : new Date(86_400_000 * i))),
  ['__proto__']: Array.from({ length: 200 }, (_, i) => `text ${i}, "É"`),
  vector: Array.from({ length: 200 }, (_, i) => [i, 2]),
});

async function clustering(): Promise<ClusteringData> {
  return { ...(await withoutTraits()), clusterTraits: [['Mass: higher'], [], ['a', 'b'], []] };
}

async function withoutTraits(): Promise<ClusteringData> {
  const labels = Array.from({ length: 200 }, (_, i) => i % 3);
  return buildClustering({
    labels,
    points: labels.map((label, i) => [label, i, i * i]),
    clusters: 4,
    images: { width: 2, height: 1, pixels: Uint8Array.from({ length: 400 }, (_, i) => i % 256) },
    classes: { labels, names: ['</script><script>alert(1)</script>', 'b', 'c'] },
    history: [{ name: 'inertia', step: 'iteration', values: [3, 2, 1.5] }],
    metrics: { train: { accuracy: 0.5 } },
    columnNames: ['x', 'y', 'z'],
    clusterNames: ['Gentoo', undefined, '<b>', ''],
    title: 'Café: kmeans',
  });
}

describe('view files', () => {
  it('restore the view, without the points', async () => {
    for (const data of [
      await clustering(),
      sampleClustering(await clustering(), { most: 150, mostImages: 80 }),
    ]) {
      expect(decodeView(encodeView(data))).toEqual({ ...data, points: undefined });
    }
  });

  it('keep the columns of the table, of a sample with only its texts', async () => {
    const whole = await buildClustering({ labels: Array.from({ length: 200 }, (_, i) => i % 3), table });
    for (const data of [whole, sampleClustering(whole, { most: 100 })]) {
      const { columns = [] } = decodeView(encodeView(data));
      expect(columns.map(({ name, type }) => [name, type])).toEqual([
        ['mass', 'number'],
        ['year', 'number'],
        ['sex', 'text'],
        ['alive', 'boolean'],
        ['seen', 'date'],
        ['__proto__', 'text'],
      ]);
      for (const [j, column] of columns.entries()) {
        for (let point = 0; point < data.count; point++) {
          const row = data.rows?.[point] ?? point;
          expect(cellAt(column, point)).toBe(cellAt(table.columns[j], row));
        }
      }
      expect(columns[1]).toMatchObject({ integers: true });
      expect(columns[4]).toMatchObject({ precision: 'day' });
      expect(columns[5]).toMatchObject({ texts: { length: data.count } });
    }
  });

  it('leave out columns that would make the file very large, and say so', async () => {
    const count = 100_000;
    const [zeros] = tableOf({ zeros: new Float64Array(count) }).columns as [NumberColumn];
    const wide = Array.from({ length: 101 }, (_, i): NumberColumn => ({ ...zeros, name: `c${i}` }));
    const data = await buildClustering({
      labels: new Uint8Array(count),
      table: { name: 'wide', rows: count, columns: wide, notes: [] },
    });
    const { columns, notes } = decodeView(encodeView(data));
    expect(columns?.map(({ name }) => name)).toEqual(wide.slice(0, 100).map(({ name }) => name));
    expect(notes.slice(-1)).toEqual([
      'The values of the first 100 of 101 columns are kept; all would make a very large file.',
    ]);
  });

  it('keep the origin of the map', async () => {
    const data = await buildClustering({
      labels: [0, 0, 1],
      positions: [1e9, 2e9, 1e9 + 1, 2e9, 1e9 + 2, 2e9 + 5],
    });
    expect(data.origin).toEqual([1e9 + 1, 2e9]);
    expect(decodeView(encodeView(data))).toEqual(data);
  });

  it('can share images among views', async () => {
    const data = await clustering();
    const bytes = encodeView(data, { images: false });
    expect(decodeView(bytes).images).toBeUndefined();
    expect(decodeView(bytes).summaries).toEqual(data.summaries);
    expect(decodeImages(encodeImages(data.images!), data.count)).toEqual(data.images);
  });

  it('can have no clusters and no points', async () => {
    const nothing = await buildClustering({ labels: [] });
    expect(decodeView(encodeView(nothing))).toEqual(nothing);
  });

  const tensor = (data: Tensor['data'], ...shape: number[]): Tensor => ({ data, shape });

  it.each<[string, Record<string, Tensor | undefined>, RegExp]>([
    [
      'labels of two dimensions',
      { labels: tensor(new Uint32Array(200), 100, 2) },
      /"labels" has 2 dimensions/,
    ],
    [
      'positions of another length',
      { positions: tensor(new Float32Array(20), 10, 2) },
      /"positions" has shape \(10, 2\)/,
    ],
    ['labels of another type', { labels: tensor(new Float32Array(200), 200) }, /"labels" is a Float32Array/],
    ['no sizes', { sizes: undefined }, /lacks "sizes"/],
    [
      'a picture of a point that is not there',
      {
        image_points: tensor(
          Uint32Array.from({ length: 200 }, (_, i) => i + 1),
          200,
        ),
      },
      /"image_points" is not ascending/,
    ],
    ['pictures of no size', { images: tensor(new Uint8Array(), 200, 0, 2) }, /images are 2 x 0 pixels/],
    [
      'members that are not there',
      { nearest: tensor(new Uint32Array(4).fill(200), 4, 1) },
      /lists point 200/,
    ],
    [
      'counts for other classes',
      { class_counts: tensor(new Uint32Array(8), 4, 2) },
      /"class_counts" has shape/,
    ],
    ['rows that repeat', { rows: tensor(new Uint32Array(200), 200) }, /"rows" is not ascending/],
    ['no centroids', { centroids: undefined }, /lacks "centroids"/],
  ])('are refused with %s', async (_, changed, message) => {
    const { tensors, metadata } = readSafetensors(encodeView(await clustering()));
    const merged = Object.entries({ ...tensors, ...changed }).filter(
      (entry): entry is [string, Tensor] => entry[1] !== undefined,
    );
    const bytes = writeSafetensors(Object.fromEntries(merged), metadata);
    expect(() => decodeView(bytes, 'run/view.safetensors')).toThrow(FormatError);
    expect(() => decodeView(bytes, 'run/view.safetensors')).toThrow(message);
    expect(() => decodeView(bytes, 'run/view.safetensors')).toThrow(/^run\/view\.safetensors: /);
  });

  it.each<[string, Record<string, Tensor | undefined>, RegExp]>([
    ['without the numbers', { column_singles: undefined }, /lacks "column_singles"/],
    ['for other points', { column_doubles: tensor(new Float64Array(4), 2, 2) }, /"column_doubles" has shape/],
    [
      'that are neither true nor false',
      { column_flags: tensor(new Uint8Array(200).fill(2), 1, 200) },
      /"column_flags" has 2 for point 0/,
    ],
    [
      'of texts that are not there',
      { column_codes: tensor(new Int32Array(400).fill(3), 2, 200) },
      /"column_codes" has 3 for point 0/,
    ],
    [
      'of texts beyond the end',
      { column_text_ends: tensor(new Uint32Array(203).fill(1e6), 203) },
      /"column_text_ends" ends text 0 at byte 1000000/,
    ],
  ])('are refused with columns %s', async (_, changed, message) => {
    const data = await buildClustering({ labels: new Uint8Array(200), table });
    const { tensors, metadata } = readSafetensors(encodeView(data));
    const merged = Object.entries({ ...tensors, ...changed }).filter(
      (entry): entry is [string, Tensor] => entry[1] !== undefined,
    );
    const bytes = writeSafetensors(Object.fromEntries(merged), metadata);
    expect(() => decodeView(bytes)).toThrow(FormatError);
    expect(() => decodeView(bytes)).toThrow(message);
  });

  it.each([
    ['columns of an unknown type', { columns: [{ name: 'a', type: 'vector' }] }, /columns that it does not/],
    ['names of clusters that are numbers', { clusterNames: [1] }, /names of clusters that are not texts/],
    ['names for other clusters', { clusterNames: ['a'] }, /4 clusters but 1 names/],
    ['traits that are texts', { clusterTraits: ['a'] }, /traits of clusters that are not texts/],
    ['traits of other clusters', { clusterTraits: [['a']] }, /4 clusters but 1 traits/],
  ])('are refused with %s', async (_, changed, message) => {
    const { tensors, metadata } = readSafetensors(encodeView(await clustering()));
    const text = { ...(JSON.parse(metadata['view']) as object), ...changed };
    const bytes = writeSafetensors(tensors, { ...metadata, view: JSON.stringify(text) });
    expect(() => decodeView(bytes)).toThrow(FormatError);
    expect(() => decodeView(bytes)).toThrow(message);
  });

  it.each([
    ['of another format', { format: 'other' }, /not a view of a clustering/],
    ['of another version', { version: '99' }, /version "99" of the view format is unknown/],
    ['without a description', { view: '' }, /not valid JSON/],
    ['with a description that is a list', { view: '[]' }, /not a JSON object/],
    ['without a title', { view: '{}' }, /title/],
    [
      'with fewer rows than points',
      { view: '{"title":"","projection":"","total":-1}' },
      /-1 for its number of rows/,
    ],
    [
      'with notes that are not texts',
      { view: '{"title":"","projection":"","total":200,"notes":[1]}' },
      /notes/,
    ],
    [
      'with a malformed history',
      { view: '{"title":"","projection":"","total":200,"notes":[],"history":[{"name":"a"}]}' },
      /history/,
    ],
    [
      'with malformed metrics',
      { view: '{"title":"","projection":"","total":200,"notes":[],"history":[]}' },
      /metrics/,
    ],
    [
      'with a model of another kind',
      {
        view: '{"title":"","projection":"","total":200,"notes":[],"history":[],"metrics":{},"modelKind":"x"}',
      },
      /kind "x"/,
    ],
    [
      'that is a sample of unknown rows',
      { view: '{"title":"","projection":"","total":900,"notes":[],"history":[],"metrics":{}}' },
      /200 of 900 rows/,
    ],
  ])('are refused %s', async (_, changed, message) => {
    const { tensors, metadata } = readSafetensors(encodeView(await clustering()));
    const bytes = writeSafetensors(tensors, { ...metadata, ...changed });
    expect(() => decodeView(bytes)).toThrow(FormatError);
    expect(() => decodeView(bytes)).toThrow(message);
  });
});
