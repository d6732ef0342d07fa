import { forEachChunk } from '../chunks.ts';
import type { Engine } from '../engine/engine.ts';
import type { Neighbors } from '../engine/neighbors/session.ts';
import { matrix, sliceRows, type Matrix } from '../matrix.ts';
import { wardFactor, type WardClusters } from './ward-clusters.ts';

/** Differences of columns that are quicker to compute here than to send to an engine. */
const WORK_FOR_ENGINE = 4_000_000;
/** Nearest centroids that an engine searches for each cluster. */
const NEIGHBORS = 8;
/** Clusters that are searched for at once. */
const ROWS_PER_SEARCH = 4096;
/** Sizes up to this have a class of their own; larger ones share a class up to this factor. */
const OWN_CLASS = 16;
const CLASS_RATIO = 1.15;
/** Rounding of float32. */
const ROUNDING = 2 ** -23;

/** Clusters of about the same size. */
interface SizeClass {
  readonly members: Uint32Array;
  readonly least: number;
}

/** Where to compute, and what stops it. */
export interface WardPlace {
  readonly engine: Engine;
  readonly signal: AbortSignal | undefined;
}

/**
 * Finds the nearest cluster of each pending one. An engine searches the nearest centroids in float32, among clusters of
 * about one size, because a cost depends on both. Costs are then computed in float64, and where these do not prove that a cluster
 * outside the list cannot be nearer, all are compared.
 */
export async function findNearestClusters(clusters: WardClusters, place: WardPlace): Promise<void> {
  const pending = clusters.pending();
  const { active, columns } = clusters;
  if (pending.length * active.length * columns < WORK_FOR_ENGINE) {
    await compareAll(clusters, pending, active, place.signal);
    return;
  }
  const queries = centroidsOf(clusters, pending);
  // Small classes first: they are compared at once, and what they find spares comparisons.
  const classes = sizeClasses(clusters).sort((a, b) => a.members.length - b.members.length);
  for (const each of classes) {
    const isSmall = pending.length * each.members.length * columns < WORK_FOR_ENGINE;
    if (isSmall || each.members.length <= NEIGHBORS + 1) {
      await compareAll(clusters, pending, each.members, place.signal);
    } else {
      await searchClass(clusters, each, pending, queries, place);
    }
  }
}

async function compareAll(
  clusters: WardClusters,
  pending: Uint32Array,
  others: Uint32Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  const perChunk = Math.max(1, Math.floor(1_000_000 / (others.length * clusters.columns)));
  await forEachChunk(pending.length, perChunk, signal, (start, end) => {
    for (let i = start; i < end; i++) for (const other of others) clusters.offer(pending[i], other);
  });
}

async function searchClass(
  clusters: WardClusters,
  { members, least }: SizeClass,
  pending: Uint32Array,
  queries: Matrix,
  { engine, signal }: WardPlace,
): Promise<void> {
  const searched = centroidsOf(clusters, members);
  const error = ROUNDING * greatestOf(queries, searched) * Math.sqrt(clusters.columns);
  const search = await engine.createNeighborSearch(searched, { neighbors: NEIGHBORS, signal });
  const unsure: number[] = [];
  try {
    for (let start = 0; start < pending.length; start += ROWS_PER_SEARCH) {
      const end = Math.min(pending.length, start + ROWS_PER_SEARCH);
      const found = await search.nearestTo(sliceRows(queries, start, end));
      for (let i = start; i < end; i++) {
        const last = offerFound(clusters, pending[i], members, found, i - start);
        const beyond = Math.max(0, last * (1 - 4 * ROUNDING * clusters.columns) - 2 * error);
        const bound = wardFactor(clusters.sizes[pending[i]], least) * beyond * beyond;
        if (!(clusters.costOf(pending[i]) < bound)) unsure.push(pending[i]);
      }
    }
  } finally {
    search.destroy();
  }
  await compareAll(clusters, Uint32Array.from(unsure), members, signal);
}

/** @returns distance of the last one in the list, which all others of the class are not nearer than */
function offerFound(
  clusters: WardClusters,
  cluster: number,
  members: Uint32Array,
  { indices, distances }: Neighbors,
  row: number,
): number {
  for (let n = row * NEIGHBORS; n < (row + 1) * NEIGHBORS; n++) clusters.offer(cluster, members[indices[n]]);
  return distances[(row + 1) * NEIGHBORS - 1];
}

function sizeClasses({ active, sizes }: WardClusters): SizeClass[] {
  const found = new Map<number, number[]>();
  for (const cluster of active) {
    const size = sizes[cluster];
    const key =
      size < OWN_CLASS ? size : OWN_CLASS + Math.floor(Math.log(size / OWN_CLASS) / Math.log(CLASS_RATIO));
    const members = found.get(key);
    if (members) members.push(cluster);
    else found.set(key, [cluster]);
  }
  return Array.from(found.values(), (members) => ({
    members: Uint32Array.from(members),
    least: members.reduce((least, cluster) => Math.min(least, sizes[cluster]), Infinity),
  }));
}

function centroidsOf({ centroids, columns }: WardClusters, chosen: Uint32Array): Matrix {
  const data = new Float32Array(chosen.length * columns);
  chosen.forEach((cluster, i) => {
    data.set(centroids.subarray(cluster * columns, (cluster + 1) * columns), i * columns);
  });
  return matrix(data, chosen.length, columns);
}

/** The greatest magnitude of all values. */
function greatestOf(...matrices: readonly Matrix[]): number {
  let greatest = 0;
  for (const { data } of matrices) for (const value of data) greatest = Math.max(greatest, Math.abs(value));
  return greatest;
}
