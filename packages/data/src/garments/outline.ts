import { middle } from './frame.ts';

export type Point = readonly [x: number, y: number];

/** Corners of a closed shape, in order. */
export type Outline = readonly Point[];

/** A symmetric shape from its right half: points from the top of the middle line to its bottom. */
export function mirrored(rightHalf: Outline): Outline {
  return [...rightHalf, ...reflected(rightHalf).reverse()];
}

/** The same shape on the other side of the middle line. */
export function reflected(outline: Outline): Point[] {
  return outline.map(([x, y]) => [2 * middle - x, y]);
}

/** Rounds corners by Chaikin's corner cutting (1974). */
export function rounded(outline: Outline, rounds = 1): Outline {
  if (rounds === 0) return outline;
  const cut = outline.flatMap((from, i) => {
    const to = outline[(i + 1) % outline.length];
    return [between(from, to, 0.25), between(from, to, 0.75)];
  });
  return rounded(cut, rounds - 1);
}

/** An axis-parallel box. */
export function box(left: number, top: number, right: number, bottom: number): Outline {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** A straight band around the line from `from` to `to`. */
export function band(from: Point, to: Point, width: number): Outline {
  return ribbon([from, to], width);
}

/** A band of even width along a path. */
export function ribbon(path: readonly Point[], width: number): Outline {
  const sides = path.map((point, i) => {
    const [x0, y0] = path[Math.max(0, i - 1)];
    const [x1, y1] = path[Math.min(path.length - 1, i + 1)];
    const factor = width / 2 / Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    return [point, [(y0 - y1) * factor, (x1 - x0) * factor]] as const;
  });
  const left = sides.map(([[x, y], [dx, dy]]): Point => [x + dx, y + dy]);
  const right = sides.map(([[x, y], [dx, dy]]): Point => [x - dx, y - dy]);
  return [...left, ...right.reverse()];
}

/** Points of the quadratic Bezier curve from `from` to `to`, drawn toward `control`. */
export function curve(from: Point, control: Point, to: Point, pieces = 8): Point[] {
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const t = i / pieces;
    return between(between(from, control, t), between(control, to, t), t);
  });
}

function between([x0, y0]: Point, [x1, y1]: Point, t: number): Point {
  return [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
}
