import { boundsOf, visibleBounds, type Bounds, type Viewport } from './camera.ts';
import type { Camera } from './scatter.ts';

/** Points in a cell of the grid, on average. */
const POINTS_PER_CELL = 4;
/** Number of coordinates that are sampled to find where most points are. */
const SAMPLE = 1024;

/** Returns whether a point may be found. */
export type Accept = (point: number) => boolean;

/** Maps coordinates along one axis to cells. */
interface Axis {
  readonly origin: number;
  readonly cellsPerUnit: number;
}

/**
 * Finds points by position: a grid of cells, and the points sorted by cell, built in O(N). Points that are not finite are in
 * no cell, so they are never found. Positions are kept by reference and must not change.
 *
 * The cell number never decreases as the coordinate grows, also beyond the grid, where coordinates belong to the outermost
 * cells. So a search of the cells between those of two coordinates misses no point between them, for any rounding.
 */
export class PointIndex {
  /** The smallest box around the finite points; undefined without finite points. */
  readonly bounds: Bounds | undefined;
  readonly #positions: Float32Array;
  /** Cells along each axis. */
  readonly #side: number;
  readonly #x: Axis;
  readonly #y: Axis;
  /** Start of each cell's points in `#order`; one more value than there are cells. */
  readonly #starts: Uint32Array;
  /** The finite points by cell, ascending within a cell. */
  readonly #order: Uint32Array;

  /** @param positions N x 2 in map units */
  constructor(positions: Float32Array) {
    const count = positions.length >> 1;
    this.bounds = boundsOf(positions);
    this.#positions = positions;
    this.#side = Math.max(1, Math.floor(Math.sqrt(count / POINTS_PER_CELL)));
    const { minX, minY, maxX, maxY } = this.bounds ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 };
    this.#x = axisOf(positions, 0, minX, maxX, this.#side);
    this.#y = axisOf(positions, 1, minY, maxY, this.#side);

    const cells = this.#side * this.#side;
    const cellOf = new Uint32Array(count);
    this.#starts = new Uint32Array(cells + 1);
    for (let point = 0; point < count; point++) {
      const x = positions[2 * point];
      const y = positions[2 * point + 1];
      const finite = Number.isFinite(x) && Number.isFinite(y);
      const cell = finite ? this.#row(y) * this.#side + this.#column(x) : cells;
      cellOf[point] = cell;
      if (finite) this.#starts[cell]++;
    }
    let placed = 0;
    for (let cell = 0; cell < cells; cell++) {
      placed += this.#starts[cell];
      this.#starts[cell] = placed;
    }
    this.#starts[cells] = placed;
    this.#order = new Uint32Array(placed);
    // Going from the last point to the first moves each cell's end down to its start.
    for (let point = count - 1; point >= 0; point--) {
      const cell = cellOf[point];
      if (cell < cells) this.#order[--this.#starts[cell]] = point;
    }
  }

  /**
   * The point nearest to a place by Euclidean distance; the first of equally near ones.
   *
   * @param radius map units; points farther away are not found
   */
  nearest(x: number, y: number, radius: number, accept: Accept = () => true): number | undefined {
    let found: number | undefined;
    let best = radius * radius;
    this.#each(
      { minX: x - radius, minY: y - radius, maxX: x + radius, maxY: y + radius },
      (point, px, py) => {
        const distance = (px - x) ** 2 + (py - y) ** 2;
        if (distance > best || (distance === best && found !== undefined && found < point)) return true;
        if (!accept(point)) return true;
        best = distance;
        found = point;
        return true;
      },
    );
    return found;
  }

  /** The points in a box, including its edges, ascending. Its corners may be given in any order. */
  inBox(x0: number, y0: number, x1: number, y1: number): Uint32Array {
    const found: number[] = [];
    this.#each(box(x0, y0, x1, y1), (point) => found.push(point) > 0);
    return new Uint32Array(found).sort();
  }

  /**
   * The points in a polygon by the even-odd rule, ascending: where the polygon crosses itself, points that are enclosed
   * twice are outside.
   *
   * @param vertices x, y, x, y, ... in map units; the last is joined to the first; fewer than three enclose nothing
   */
  inPolygon(vertices: ArrayLike<number>): Uint32Array {
    const corners = vertices.length >> 1;
    const edgesOfRow = new Map<number, number[]>();
    let minX = Infinity;
    let maxX = -Infinity;
    for (let edge = 0; edge < corners; edge++) {
      const next = (edge + 1) % corners;
      const from = this.#row(Math.min(vertices[2 * edge + 1], vertices[2 * next + 1]));
      const to = this.#row(Math.max(vertices[2 * edge + 1], vertices[2 * next + 1]));
      for (let row = from; row <= to; row++) {
        const edges = edgesOfRow.get(row);
        if (edges === undefined) edgesOfRow.set(row, [edge]);
        else edges.push(edge);
      }
      minX = Math.min(minX, vertices[2 * edge]);
      maxX = Math.max(maxX, vertices[2 * edge]);
    }
    const found: number[] = [];
    for (const [row, edges] of edgesOfRow) {
      const first = this.#starts[row * this.#side + this.#column(minX)];
      const end = this.#starts[row * this.#side + this.#column(maxX) + 1];
      for (let i = first; i < end; i++) {
        const point = this.#order[i];
        if (isInside(vertices, edges, this.#positions[2 * point], this.#positions[2 * point + 1])) {
          found.push(point);
        }
      }
    }
    return new Uint32Array(found).sort();
  }

  /**
   * The points in the picture, ascending.
   *
   * @param margin CSS pixels around the picture that count as well
   * @param limit returns undefined when there are more points than this
   */
  visible(camera: Camera, viewport: Viewport, margin = 0, limit = Infinity): Uint32Array | undefined {
    const found: number[] = [];
    this.#each(visibleBounds(camera, viewport, margin), (point) => found.push(point) <= limit);
    return found.length > limit ? undefined : new Uint32Array(found).sort();
  }

  /** Calls `visit` with the points of a box until it returns false. */
  #each({ minX, minY, maxX, maxY }: Bounds, visit: (point: number, x: number, y: number) => boolean): void {
    const left = this.#column(minX);
    const right = this.#column(maxX);
    const bottom = this.#row(minY);
    const top = this.#row(maxY);
    for (let row = bottom; row <= top; row++) {
      // The cells of a row are stored one after another, and so are their points.
      const end = this.#starts[row * this.#side + right + 1];
      for (let i = this.#starts[row * this.#side + left]; i < end; i++) {
        const point = this.#order[i];
        const x = this.#positions[2 * point];
        const y = this.#positions[2 * point + 1];
        if (!(x >= minX && x <= maxX && y >= minY && y <= maxY)) continue;
        if (!visit(point, x, y)) return;
      }
    }
  }

  #column(x: number): number {
    return cellAlong(this.#x, x, this.#side);
  }

  #row(y: number): number {
    return cellAlong(this.#y, y, this.#side);
  }
}

/** The cell of a coordinate; NaN, which only a query can have, gives the first. */
function cellAlong({ origin, cellsPerUnit }: Axis, coordinate: number, side: number): number {
  const cell = Math.floor((coordinate - origin) * cellsPerUnit);
  return cell > 0 ? Math.min(cell, side - 1) : 0;
}

/**
 * Distributes cells over the range where most points are: otherwise a few outliers would put all other points into one cell.
 *
 * @param axis 0 for x, 1 for y
 */
function axisOf(positions: Float32Array, axis: 0 | 1, min: number, max: number, side: number): Axis {
  const step = 2 * Math.max(1, Math.floor(positions.length / 2 / SAMPLE));
  const sample: number[] = [];
  for (let i = axis; i < positions.length; i += step) {
    if (Number.isFinite(positions[i])) sample.push(positions[i]);
  }
  sample.sort((a, b) => a - b);
  const low = sample[Math.floor(sample.length * 0.01)] ?? min;
  const high = sample[Math.floor(sample.length * 0.99)] ?? max;
  const spread = (high - low) / 4;
  const origin = Math.max(min, low - spread);
  const extent = Math.min(max, high + spread) - origin;
  return { origin, cellsPerUnit: extent > 0 ? side / extent : 0 };
}

function box(x0: number, y0: number, x1: number, y1: number): Bounds {
  return { minX: Math.min(x0, x1), minY: Math.min(y0, y1), maxX: Math.max(x0, x1), maxY: Math.max(y0, y1) };
}

/**
 * Even-odd rule over the edges that a horizontal line through the point may cross. An edge includes its lower end and not
 * its upper end, so that a line through a corner crosses once.
 */
function isInside(vertices: ArrayLike<number>, edges: readonly number[], x: number, y: number): boolean {
  const corners = vertices.length >> 1;
  let inside = false;
  for (const edge of edges) {
    const next = (edge + 1) % corners;
    const y0 = vertices[2 * edge + 1];
    const y1 = vertices[2 * next + 1];
    if (y0 > y === y1 > y) continue;
    const x0 = vertices[2 * edge];
    const crossing = x0 + ((vertices[2 * next] - x0) * (y - y0)) / (y1 - y0);
    if (x < crossing) inside = !inside;
  }
  return inside;
}
