import { FormatError, readSafetensors, writeSafetensors } from '@shoal/data/run';
import type { Tensor } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { buildClustering } from './build-clustering.ts';
import { decodeImages, decodeView } from './decode-view.ts';
import { sampleClustering } from './sample.ts';
import type { ClusteringData } from './types.ts';
import { encodeImages, encodeView } from './view-file.ts';

async function clustering(): Promise<ClusteringData> {
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
