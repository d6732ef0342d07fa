import { Random, type Matrix } from '@shoal/core';
import { takeColumns } from './columns.ts';
import { chooseImages, takeImages } from './images.ts';
import { requireLimit } from './require.ts';
import type { ClusteringData, ImageSet } from './types.ts';
import { takeTreePoints } from './view-tree.ts';

export interface SampleOptions {
  /** The most points to show; default 1,000,000. */
  readonly most?: number | undefined;
  /** The most images to keep; default those of all shown points. */
  readonly mostImages?: number | undefined;
  readonly seed?: number | undefined;
}

/** The most points that the map moves smoothly. */
const MOST_POINTS = 1_000_000;
/** A cluster keeps at least this many points, even with a small share. */
const LEAST_OF_CLUSTER = 20;

/**
 * The same clustering with fewer points, when it has more than `most`. Points are drawn from each cluster in proportion to
 * its size, but at least 20 of each, and include all nearest and farthest points of the cards. Summaries and counts are
 * still those of all points.
 *
 * @throws {InvalidArgumentError} when a limit is not a number of at least 0
 */
export function sampleClustering(data: ClusteringData, options: SampleOptions = {}): ClusteringData {
  const most = requireLimit('The number of points to show', options.most ?? MOST_POINTS);
  const mostImages = requireLimit('The number of images', options.mostImages ?? Infinity);
  const seed = options.seed ?? 0;
  const keep = data.summaries.flatMap(({ nearest, farthest }) => [...nearest, ...farthest]);
  if (data.count <= most) {
    return { ...data, images: data.images && chooseImages(data.images, keep, mostImages, seed) };
  }
  const points = choosePoints(data, keep, most, seed);
  return takePoints(data, points, mostImages, seed);
}

/** Numbers of the points to show, ascending, at most `most`. */
function choosePoints(
  { labels, clusters }: ClusteringData,
  keep: readonly number[],
  most: number,
  seed: number,
): Uint32Array {
  // Points without a cluster are the last group.
  const groupOf = (point: number): number => Math.min(labels[point], clusters);
  const isShown = new Uint8Array(labels.length);
  const had = new Array<number>(clusters + 1).fill(0);
  for (const point of new Set(keep.slice(0, most))) {
    isShown[point] = 1;
    had[groupOf(point)]++;
  }
  const members = membersOf(groupOf, isShown, clusters + 1);
  const kept = total(had);
  const random = new Random(seed);
  const shares = share(
    members.map(({ length }) => length),
    had,
    most - kept,
  );
  shares.forEach((count, group) => {
    for (const i of random.distinct(count, members[group].length)) isShown[members[group][i]] = 1;
  });
  const points = new Uint32Array(kept + total(shares));
  let count = 0;
  isShown.forEach((shown, point) => {
    if (shown === 1) points[count++] = point;
  });
  return points;
}

/** The points of each group that are not shown yet, ascending. */
function membersOf(groupOf: (point: number) => number, isShown: Uint8Array, groups: number): Uint32Array[] {
  const sizes = new Uint32Array(groups);
  isShown.forEach((shown, point) => {
    if (shown === 0) sizes[groupOf(point)]++;
  });
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  isShown.forEach((shown, point) => {
    if (shown === 1) return;
    const group = groupOf(point);
    members[group][sizes[group]++] = point;
  });
  return members;
}

/**
 * How many more points each group gets: first up to its minimum while there is room, then its share of the rest.
 *
 * @param sizes number of points in each group
 * @param had number of points that each group already has
 */
function share(sizes: readonly number[], had: readonly number[], room: number): number[] {
  const lacking = sizes.map((size, i) => Math.min(size, Math.max(0, LEAST_OF_CLUSTER - had[i])));
  const needed = total(lacking);
  const enough = needed <= room;
  const least = enough ? lacking : lacking.map((count) => Math.floor((count * room) / needed));
  if (!enough) return least;
  const left = sizes.map((size, i) => size - least[i]);
  const rest = room - needed;
  const sum = Math.max(1, total(left));
  return least.map((count, i) => count + Math.min(left[i], Math.floor((rest * left[i]) / sum)));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The clustering with only these points, ascending. */
function takePoints(
  data: ClusteringData,
  points: Uint32Array,
  mostImages: number,
  seed: number,
): ClusteringData {
  const { positions, classes, rows, summaries, images, total: all } = data;
  const numberOf = (point: number): number | undefined => placeIn(points, point);
  const renamed = (list: readonly number[]): number[] =>
    list.map(numberOf).filter((point) => point !== undefined);
  const shown = summaries.map((summary) => ({
    ...summary,
    nearest: renamed(summary.nearest),
    farthest: renamed(summary.farthest),
  }));
  const keep = shown.flatMap(({ nearest, farthest }) => [...nearest, ...farthest]);
  const note = `${english(points.length)} of ${english(all)} points are shown, drawn from every cluster by its share.`;
  return {
    ...data,
    count: points.length,
    rows: points.map((point) => rows?.[point] ?? point),
    positions: Float32Array.from(
      { length: 2 * points.length },
      (_, i) => positions[2 * points[i >> 1] + (i & 1)],
    ),
    labels: points.map((point) => data.labels[point]),
    points: data.points && takeRows(data.points, points),
    probabilities: data.probabilities && takeValues(data.probabilities, points),
    distances: data.distances && takeValues(data.distances, points),
    columns: data.columns && takeColumns(data.columns, data.count, points),
    tree: data.tree && takeTreePoints(data.tree, points),
    classes: classes && { ...classes, labels: points.map((point) => classes.labels[point]) },
    images: images && chooseImages(imagesOf(images, numberOf), keep, mostImages, seed),
    summaries: shown,
    notes: [...data.notes, note],
  };
}

function takeValues(values: Float32Array, points: Uint32Array): Float32Array {
  return Float32Array.from(points, (point) => values[point]);
}

/** The given rows, in their own type. */
function takeRows(points: Matrix, rows: Uint32Array): Matrix {
  const { columns } = points;
  const data = points.data.slice(0, rows.length * columns);
  rows.forEach((row, i) => {
    data.set(points.data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { ...points, data, rows: rows.length };
}

/**
 * The index of a number among sorted ones, if it is there. A `Map` of a million points would block the page for half a
 * second.
 */
function placeIn(sorted: Uint32Array, wanted: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted ? low : undefined;
}

/** The images of the kept points, under their new numbers. */
function imagesOf(images: ImageSet, numberOf: (point: number) => number | undefined): ImageSet {
  const places = Uint32Array.from(images.points.keys()).filter(
    (i) => numberOf(images.points[i]) !== undefined,
  );
  return takeImages(images, places, (point) => numberOf(point) ?? 0);
}

function english(count: number): string {
  return count.toLocaleString('en');
}
