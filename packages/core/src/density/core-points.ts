import { greatestOf } from '../linear-algebra/extremes.ts';
import type { Matrix } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { distanceIn, type DensityMetric } from './metric.ts';

/** Points of a block at most. */
const BLOCK_POINTS = 32;

/** Core points of one cluster that are near each other, and the box around them. */
interface Block {
  readonly label: number;
  /** Their rows. */
  readonly rows: Uint32Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Core points in blocks, so that most of them are passed over when core points near a point are searched. */
export class CorePoints {
  readonly #points: Matrix;
  readonly #blocks: readonly Block[];
  readonly #isWithin: (square: number) => boolean;

  /**
   * @param points compared points; see `toCompared`
   * @param labels cluster of each
   */
  constructor(
    points: Matrix,
    labels: Uint32Array,
    { metric, radius }: { readonly metric: DensityMetric; readonly radius: number },
  ) {
    this.#points = points;
    this.#isWithin = (square) => distanceIn(metric, Math.sqrt(square)) <= radius;
    const ofLabel = new Map<number, number[]>();
    labels.forEach((label, row) => {
      const rows = ofLabel.get(label);
      if (rows) rows.push(row);
      else ofLabel.set(label, [row]);
    });
    const inOrder = [...ofLabel].sort(([a], [b]) => a - b);
    this.#blocks = inOrder.flatMap(([label, rows]) => blocksOf(points, label, Uint32Array.from(rows)));
  }

  get blocks(): number {
    return this.#blocks.length;
  }

  /** The lowest label of a core point within the radius of row `i` of `queries`, or `NO_CLUSTER`. */
  lowestLabelNear(queries: Matrix, i: number): number {
    for (const block of this.#blocks) {
      if (!this.#isWithin(squareToBox(queries, i, block))) continue;
      for (const row of block.rows) {
        if (this.#isWithin(squareBetween(queries, i, this.#points, row))) return block.label;
      }
    }
    return NO_CLUSTER;
  }
}

/** Halves the points along their widest column until blocks are small. */
function blocksOf(points: Matrix, label: number, all: Uint32Array): Block[] {
  const { data, columns, scale } = points;
  const blocks: Block[] = [];
  const waiting = [all];
  for (let rows = waiting.pop(); rows !== undefined; rows = waiting.pop()) {
    const low = new Float64Array(columns).fill(Infinity);
    const high = new Float64Array(columns).fill(-Infinity);
    for (const row of rows) {
      for (let j = 0; j < columns; j++) {
        const value = data[row * columns + j] * scale;
        low[j] = Math.min(low[j], value);
        high[j] = Math.max(high[j], value);
      }
    }
    const widths = high.map((value, j) => value - low[j]);
    const widest = widths.indexOf(greatestOf(widths));
    if (rows.length <= BLOCK_POINTS || widths[widest] === 0) {
      blocks.push({ label, rows, low, high });
      continue;
    }
    rows.sort((a, b) => data[a * columns + widest] - data[b * columns + widest]);
    const half = rows.length >> 1;
    waiting.push(rows.subarray(half), rows.subarray(0, half));
  }
  return blocks;
}

/** A lower bound, also in float64: the differences are no greater than those to any point of the block. */
function squareToBox({ data, columns, scale }: Matrix, i: number, { low, high }: Block): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const value = data[i * columns + j] * scale;
    const outside = value < low[j] ? low[j] - value : value > high[j] ? value - high[j] : 0;
    sum += outside * outside;
  }
  return sum;
}

function squareBetween(a: Matrix, i: number, b: Matrix, k: number): number {
  const { columns } = a;
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const difference = a.data[i * columns + j] * a.scale - b.data[k * columns + j] * b.scale;
    sum += difference * difference;
  }
  return sum;
}
