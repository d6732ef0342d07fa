import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { PointIndex } from './point-index.ts';

/** Half of the points in a tight blob, half spread widely, a few without a position, one far away. */
function scattered(count: number): Float32Array {
  const random = new Random(7);
  const positions = Float32Array.from({ length: 2 * count }, (_, i) =>
    i % 4 < 2 ? 2 + random.normal() * 0.01 : random.uniform() * 10 - 5,
  );
  positions[10] = NaN;
  positions[21] = Infinity;
  positions[30] = -Infinity;
  positions.set([1e30, -1e30], 40);
  return positions;
}

const positions = scattered(4000);
const index = new PointIndex(positions);

/** The points that a test of every point finds. */
function search(inside: (x: number, y: number) => boolean): number[] {
  const points = Array.from({ length: positions.length / 2 }, (_, point) => point);
  return points.filter((point) => {
    const x = positions[2 * point];
    const y = positions[2 * point + 1];
    return Number.isFinite(x) && Number.isFinite(y) && inside(x, y);
  });
}

/** Even-odd rule over every edge. */
function insideAll(polygon: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [polygon[i], polygon[i + 1], polygon[j], polygon[j + 1]];
    if (yi > y !== yj > y && x < xi + ((xj - xi) * (y - yi)) / (yj - yi)) inside = !inside;
  }
  return inside;
}

describe('PointIndex.inBox', () => {
  it.each([
    [-5, -5, 5, 5],
    [1.98, 1.99, 2.01, 2.03],
    [3, 4, -2, -1],
    [-1e38, -1e38, 1e38, 1e38],
    [6, 6, 7, 7],
    [-Infinity, 0, Infinity, 1],
  ])('finds what a search of all finds in %d, %d, %d, %d', (x0, y0, x1, y1) => {
    const found = index.inBox(x0, y0, x1, y1);
    const inside = (x: number, y: number) =>
      x >= Math.min(x0, x1) && x <= Math.max(x0, x1) && y >= Math.min(y0, y1) && y <= Math.max(y0, y1);
    expect([...found]).toEqual(search(inside));
  });

  it('finds a point that lies on its edge', () => {
    const three = new PointIndex(Float32Array.of(0, 0, 1, 1, 2, 2));
    expect([...three.inBox(1, 1, 2, 2)]).toEqual([1, 2]);
  });
});

describe('PointIndex.inPolygon', () => {
  const star = Array.from({ length: 5 }, (_, i) => {
    const angle = (i * 4 * Math.PI) / 5;
    return [Math.cos(angle) * 4, Math.sin(angle) * 4];
  }).flat();

  it('leaves out the middle of a star, as the even-odd rule does', () => {
    const found = index.inPolygon(star);
    expect([...found]).toEqual(search((x, y) => insideAll(star, x, y)));
    expect(found.length).toBeGreaterThan(100);
    expect([...found].some((point) => Math.hypot(positions[2 * point], positions[2 * point + 1]) < 1)).toBe(
      false,
    );
  });

  it.each([
    ['a concave shape', [-4, -4, 4, -4, 4, 4, 2, -3, -4, 4]],
    ['one that lies around the blob alone', [1.99, 1.99, 2.02, 1.985, 2.01, 2.02]],
    ['one larger than the map', [-1e31, -1e31, 1e31, -1e31, 0, 1e31]],
    ['one without points', [100, 100, 101, 100, 101, 101]],
    ['a line', [-4, -4, 4, 4]],
    ['nothing', []],
  ])('finds what a search of all finds in %s', (_, polygon) => {
    expect([...index.inPolygon(polygon)]).toEqual(search((x, y) => insideAll(polygon, x, y)));
  });

  it('finds exactly the planted points', () => {
    const planted = new PointIndex(Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1, 0.5, 0.5, NaN, 0.5));
    expect([...planted.inPolygon([-0.1, -0.1, 1.1, -0.1, 0.4, 0.9, -0.1, 1.1])]).toEqual([0, 1, 2, 4]);
  });
});

describe('PointIndex.nearest', () => {
  it('finds what a search of all finds', () => {
    const random = new Random(3);
    for (let i = 0; i < 50; i++) {
      const x = random.uniform() * 10 - 5;
      const y = random.uniform() * 10 - 5;
      const distance = (point: number) => Math.hypot(positions[2 * point] - x, positions[2 * point + 1] - y);
      const near = search((px, py) => Math.hypot(px - x, py - y) <= 0.2);
      const best = near.sort((a, b) => distance(a) - distance(b))[0];
      expect(index.nearest(x, y, 0.2)).toBe(best);
    }
  });

  it('skips points that are not accepted, and takes the first of equally near ones', () => {
    const five = new PointIndex(Float32Array.of(0, 0, 1, 0, -1, 0, 0, 5, NaN, NaN));
    expect(five.nearest(0, 0, 10)).toBe(0);
    expect(five.nearest(0, 0, 10, (point) => point !== 0)).toBe(1);
    expect(five.nearest(0, 0, Infinity, (point) => point === 3)).toBe(3);
    expect(five.nearest(0, 0, 1, (point) => point === 3)).toBeUndefined();
    expect(five.nearest(NaN, 0, 10)).toBeUndefined();
  });
});

describe('PointIndex.visible', () => {
  const viewport = { width: 100, height: 100 };

  it('finds the points in the picture and its margin', () => {
    const camera = { x: 0, y: 0, scale: 25 };
    const shown = index.visible(camera, viewport);
    expect([...shown!]).toEqual(search((x, y) => Math.abs(x) <= 2 && Math.abs(y) <= 2));
    const more = index.visible(camera, viewport, 25);
    expect([...more!]).toEqual(search((x, y) => Math.abs(x) <= 3 && Math.abs(y) <= 3));
  });

  it('stops beyond its limit', () => {
    const two = new PointIndex(Float32Array.of(0, 0, 0.1, 0.1));
    const camera = { x: 0, y: 0, scale: 10 };
    expect(two.visible(camera, viewport, 0, 2)).toEqual(Uint32Array.of(0, 1));
    expect(two.visible(camera, viewport, 0, 1)).toBeUndefined();
  });
});

describe('PointIndex', () => {
  it.each([
    ['no point', new Float32Array()],
    ['none with a place', Float32Array.of(NaN, NaN, 0, Infinity)],
  ])('finds nothing among %s', (_, none) => {
    const empty = new PointIndex(none);
    expect(empty.bounds).toBeUndefined();
    expect(empty.inBox(-9, -9, 9, 9)).toEqual(new Uint32Array());
    expect(empty.inPolygon([-9, -9, 9, -9, 0, 9])).toEqual(new Uint32Array());
    expect(empty.nearest(0, 0, Infinity)).toBeUndefined();
  });

  it('handles points that are all in one place', () => {
    const same = new PointIndex(new Float32Array(200).fill(3));
    expect(same.bounds).toEqual({ minX: 3, minY: 3, maxX: 3, maxY: 3 });
    expect(same.inBox(2, 2, 4, 4)).toHaveLength(100);
    expect(same.nearest(3.1, 3, 1)).toBe(0);
  });

  it('indexes a million points quickly', () => {
    const million = scattered(1_000_000);
    const start = performance.now();
    const large = new PointIndex(million);
    // 50 ms when nothing else runs; a search that is not linear would take minutes.
    expect(performance.now() - start).toBeLessThan(2000);
    expect(large.nearest(2, 2, 1)).toBeDefined();
  });
});
