import { openPlaced, type PlacedPoints } from '../kmeans/placed-points.ts';
import { gatherRows, matrix, type Matrix } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';

/** The points of a fit that count in sizes: those of positive weight. */
export class CountedPoints {
  /** Of the points that count alone. */
  readonly place: PlacedPoints;
  /** The points that count, on the host, as the fit has them. */
  readonly points: Matrix;
  readonly #whole: PlacedPoints;
  /** Their rows among all points; undefined when all count. */
  readonly #rows: Uint32Array | undefined;

  private constructor(whole: PlacedPoints, host: Matrix, rows: Uint32Array | undefined) {
    const { weights } = whole;
    this.#whole = whole;
    this.#rows = rows;
    if (rows === undefined) {
      this.place = whole;
      this.points = host;
      return;
    }
    this.points = matrix(gatherRows(host, rows), rows.length, host.columns);
    this.place = {
      ...whole,
      points: this.points,
      centered: this.points,
      weights: weights && Float32Array.from(rows, (row) => weights[row]),
    };
  }

  /** Points on a device are downloaded: sums of clusters are made on the host. */
  static async of(whole: PlacedPoints): Promise<CountedPoints> {
    const { centered, engine, weights } = whole;
    const host = centered.location === 'host' ? centered : await engine.download(centered);
    const rows = weights?.includes(0)
      ? Uint32Array.from(weights.keys()).filter((row) => weights[row] > 0)
      : undefined;
    return new CountedPoints(whole, host, rows);
  }

  /** Labels of all points; those that do not count have no cluster. */
  spread(labels: Uint32Array): Uint32Array {
    if (this.#rows === undefined) return labels.slice();
    const all = new Uint32Array(this.#whole.points.rows).fill(NO_CLUSTER);
    this.#write(labels, all);
    return all;
  }

  /**
   * Labels of all points; those that do not count get the nearest centroid.
   *
   * @param relative centroids less the origin, K x D
   */
  async labelsOfAll(
    labels: Uint32Array,
    relative: Float32Array | Float64Array,
    clusters: number,
    signal: AbortSignal | undefined,
  ): Promise<Uint32Array> {
    if (this.#rows === undefined) return labels;
    const session = await openPlaced(this.#whole, clusters, { signal });
    try {
      await session.writeCentroids(relative);
      await session.assign();
      const all = await session.readLabels();
      this.#write(labels, all);
      return all;
    } finally {
      session.destroy();
    }
  }

  #write(labels: Uint32Array, all: Uint32Array): void {
    this.#rows?.forEach((row, i) => {
      all[row] = labels[i];
    });
  }
}
