import { middle, side } from './frame.ts';
import type { Outline, Point } from './outline.ts';

/** Brightness in [0, 1] at a point: the material of a shape. */
export type Paint = (x: number, y: number) => number;

/** The pose of a whole garment: turned a little, stretched, moved. */
export interface Pose {
  readonly stretchX: number;
  readonly stretchY: number;
  /** Sideways shift per unit of height, and upward shift per unit of width: together a small rotation. */
  readonly lean: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

// Room for an edge that ends on the right border.
const stride = side + 2;

/**
 * A 28 x 28 image that filled outlines are painted on with exact anti-aliasing: every edge adds its signed area to the
 * pixels it crosses, and running sums along the rows give the coverage (Levien's font-rs method). It uses only IEEE
 * 754's basic operations, so an image is the same on every platform.
 */
export class Canvas {
  /** Brightness in [0, 1], row-major. */
  readonly pixels = new Float64Array(side * side);
  readonly #area = new Float64Array(stride * side);
  #pose: Pose = { stretchX: 1, stretchY: 1, lean: 0, shiftX: 0, shiftY: 0 };

  /** Makes the image black and sets the pose of the next drawing. */
  reset(pose: Pose): void {
    this.pixels.fill(0);
    this.#pose = pose;
  }

  /** Paints the inside of a closed outline. */
  fill(outline: Outline, paint: Paint): void {
    const placed = outline.map((point) => this.#place(point));
    let [left, right, top, bottom] = [side, 0, side, 0];
    let previous = placed[placed.length - 1];
    for (const point of placed) {
      this.#addEdge(previous, point);
      previous = point;
      left = Math.min(left, point[0]);
      right = Math.max(right, point[0]);
      top = Math.min(top, point[1]);
      bottom = Math.max(bottom, point[1]);
    }
    const firstColumn = Math.floor(withinRow(left));
    const lastColumn = Math.ceil(withinRow(right));
    const lastRow = Math.ceil(Math.min(side, bottom));
    for (let y = Math.floor(Math.max(0, top)); y < lastRow; y++) {
      this.#paintRow(y, firstColumn, lastColumn, paint);
    }
  }

  /** Cuts the inside of a closed outline out. */
  erase(outline: Outline): void {
    this.fill(outline, () => 0);
  }

  /** Turns the row's signed areas into coverage, paints, and clears them for the next outline. */
  #paintRow(y: number, firstColumn: number, lastColumn: number, paint: Paint): void {
    let sum = 0;
    for (let x = firstColumn; x < lastColumn; x++) {
      sum += this.#area[y * stride + x];
      const coverage = Math.min(1, Math.abs(sum));
      if (coverage < 1e-6) continue;
      const at = y * side + x;
      this.pixels[at] += coverage * (paint(x + 0.5, y + 0.5) - this.pixels[at]);
    }
    this.#area.fill(0, y * stride + firstColumn, y * stride + lastColumn + 2);
  }

  #place([x, y]: Point): Point {
    const { stretchX, stretchY, lean, shiftX, shiftY } = this.#pose;
    const right = (x - middle) * stretchX;
    const down = (y - middle) * stretchY;
    return [middle + right + lean * down + shiftX, middle + down - lean * right + shiftY];
  }

  #addEdge([fromX, fromY]: Point, [toX, toY]: Point): void {
    if (fromY === toY) return;
    const direction = fromY < toY ? 1 : -1;
    const [topX, topY, bottomX, bottomY] = fromY < toY ? [fromX, fromY, toX, toY] : [toX, toY, fromX, fromY];
    const slope = (bottomX - topX) / (bottomY - topY);
    const lastRow = Math.min(side - 1, Math.ceil(bottomY) - 1);
    for (let row = Math.max(0, Math.floor(topY)); row <= lastRow; row++) {
      const upper = Math.max(topY, row);
      const lower = Math.min(bottomY, row + 1);
      const a = withinRow(topX + slope * (upper - topY));
      const b = withinRow(topX + slope * (lower - topY));
      this.#addSegment(row, Math.min(a, b), Math.max(a, b), direction * (lower - upper));
    }
  }

  /** Adds an edge's part within one row: from `left` to `right`, `height` high (negative when it runs upwards). */
  #addSegment(row: number, left: number, right: number, height: number): void {
    const area = this.#area;
    const first = Math.floor(left);
    const last = Math.floor(right);
    const base = row * stride;
    let x = left;
    for (let column = first; column <= last; column++) {
      const end = Math.min(right, column + 1);
      const part = right > left ? (height * (end - x)) / (right - left) : height;
      const outside = part * ((x + end) / 2 - column);
      area[base + column] += part - outside;
      area[base + column + 1] += outside;
      x = end;
    }
  }
}

function withinRow(x: number): number {
  return Math.min(side, Math.max(0, x));
}
