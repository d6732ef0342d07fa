import type { Random } from '@shoal/core';
import { chunkRows, forEachChunk } from '@shoal/core/engine-kit';
import type { CoarseGraph } from './coarse-graph.ts';
import { Partition, weigh, type CutMeasures, type CutWeights } from './partition.ts';

export interface AnnealOptions extends CutWeights {
  readonly clusters: number;
  /** Visits of every piece, at least 1. */
  readonly sweeps: number;
  readonly random: Random;
  /** Cluster of each piece at the start, at a temperature that does not destroy this start; default random clusters. */
  readonly start?: Uint32Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of sweeps done. */
  readonly onSweeps?: ((sweeps: number) => void) | undefined;
}

/** The result of a cooling. */
export interface Annealed {
  /** Cluster of each piece. */
  readonly clusterOf: Uint32Array;
  readonly measures: CutMeasures;
  readonly value: number;
  /** The value after each hundredth of the sweeps, or after every sweep when there are less than a hundred. */
  readonly history: readonly number[];
}

/**
 * Temperatures at the beginning and end, times the number of pieces: one piece changes the value by about 1 / (number
 * of pieces). At the first temperature every cluster is likely for every piece, at the last almost nothing moves.
 */
const HOT = 4;
const COLD = 2e-3;
/** The first temperature when a start is given: only pieces at borders move. */
const WARM = 0.05;
/**
 * Exponentials of less than this are below 2e-22. Beside the 1 of the most likely cluster they are lost, so they need
 * not be computed.
 */
const NO_CHANCE = -50;
/** Greatest number of values in a history. */
const STRETCHES = 100;

/**
 * Looks for the clusters of least value by simulated annealing (Kirkpatrick, Gelatt & Vecchi, "Optimization by
 * simulated annealing", Science 220, 1983): pieces are visited at random, and each gets a cluster by the probabilities
 * of the Boltzmann distribution (a heat bath), while the temperature falls geometrically.
 *
 * @throws the signal's reason when it is aborted
 */
export async function anneal(graph: CoarseGraph, options: AnnealOptions): Promise<Annealed> {
  const { clusters, sweeps, random, start: given, signal, onSweeps } = options;
  const { pieces } = graph;
  const partition = new Partition(graph, clusters, given ?? random);
  const hot = given === undefined ? HOT : WARM;
  const changes = new Float64Array(clusters);
  const chances = new Float64Array(clusters);
  const history: number[] = [];
  const stretches = Math.min(STRETCHES, sweeps);
  let temperature = 0;
  let told = 0;
  await forEachChunk(sweeps * pieces, chunkRows(10 * (pieces + clusters)), signal, (start, end) => {
    for (let visit = start; visit < end; visit++) {
      const sweep = Math.floor(visit / pieces);
      if (visit % pieces === 0) {
        temperature = (hot / pieces) * (COLD / hot) ** (sweep / Math.max(1, sweeps - 1));
      }
      const piece = random.integer(pieces);
      partition.changes(piece, options, changes);
      partition.move(piece, drawByBoltzmann(changes, temperature, random, chances));
      if ((visit + 1) % pieces > 0) continue;
      const done = Math.floor(((sweep + 1) * stretches) / sweeps);
      if (done > history.length) history.push(weigh(partition.measures(), options));
    }
    const done = Math.floor(end / pieces);
    if (done > told) onSweeps?.((told = done));
  });
  const measures = partition.measures();
  return { clusterOf: partition.clusterOf, measures, value: weigh(measures, options), history };
}

/** Draws an index, with probabilities in proportion to exp(-change / temperature), which are written to `chances`. */
function drawByBoltzmann(
  changes: Float64Array,
  temperature: number,
  random: Random,
  chances: Float64Array,
): number {
  const { length } = changes;
  let least = changes[0];
  for (let k = 1; k < length; k++) if (changes[k] < least) least = changes[k];
  let total = 0;
  for (let k = 0; k < length; k++) {
    const exponent = (least - changes[k]) / temperature;
    chances[k] = exponent < NO_CHANCE ? 0 : Math.exp(exponent);
    total += chances[k];
  }
  let left = random.uniform() * total;
  for (let k = 0; k < length; k++) {
    left -= chances[k];
    if (left < 0) return k;
  }
  // Only reached through rounding: take the most likely cluster.
  return changes.indexOf(least);
}
