import { describe, expect, it } from 'vitest';
import { MARK, type Color } from './scatter.ts';
import { Scene } from './scene.ts';
import { sampleLayers } from './sample-layers.ts';

const COLORS: readonly Color[] = Array.from({ length: 20 }, (_, i) => [i, i, i]);

/** Points whose groups take turns: 0, 1, ..., 19, 0, 1, ... */
function inTurn(count: number): Scene {
  const scene = new Scene();
  scene.setPositions(new Float32Array(2 * count));
  scene.setGroups(Uint32Array.from({ length: count }, (_, point) => point % COLORS.length));
  scene.setPalette(COLORS);
  return scene;
}

function groupSizes(points: Uint32Array): number[] {
  const sizes = new Array<number>(COLORS.length).fill(0);
  for (const point of points) sizes[point % COLORS.length]++;
  return sizes;
}

describe('sampleLayers', () => {
  it('keeps all points when there are few enough', () => {
    const scene = inTurn(1000);
    expect(sampleLayers(scene, 1000)).toBe(scene.layers);
  });

  it('keeps every group by its share, also when the groups of rows take turns', () => {
    const { counts, points } = sampleLayers(inTurn(1_000_000), 100_000);
    expect(points).toHaveLength(counts[1]);
    expect(points.length).toBeGreaterThan(98_000);
    expect(points.length).toBeLessThan(102_000);
    // 5,000 each, and the standard deviation of a draw is about 70.
    for (const size of groupSizes(points)) expect(Math.abs(size - 5000)).toBeLessThan(350);
    expect(points.every((point, i) => i === 0 || point > points[i - 1])).toBe(true);
  });

  it('keeps a group that is too small for its share', () => {
    const scene = inTurn(1_000_000);
    const groups = new Uint32Array(1_000_000);
    groups.fill(3, 500, 515);
    scene.setGroups(groups);
    const { points } = sampleLayers(scene, 10_000);
    expect(points.filter((point) => groups[point] === 3)).toHaveLength(15);
  });

  it('keeps the selected points, and the others as they were', () => {
    const scene = inTurn(1_000_000);
    const before = new Set(sampleLayers(scene, 100_000).points);
    const marks = new Uint8Array(1_000_000).fill(MARK.muted);
    for (const point of [7, 77_777, 999_999]) marks[point] = MARK.selected;
    scene.setMarks(marks);
    const { counts, points } = sampleLayers(scene, 100_000);
    expect(counts[2]).toBe(3);
    expect([...points.subarray(points.length - 3)]).toEqual([7, 77_777, 999_999]);
    const others = points.subarray(0, counts[0]);
    expect(others.filter((point) => before.has(point)).length).toBeGreaterThan(0.99 * others.length);
  });

  it('has no group when the points have none', () => {
    const scene = inTurn(10_000);
    scene.setGroups(new Uint32Array());
    const { counts } = sampleLayers(scene, 1000);
    expect(counts[0]).toBeGreaterThan(900);
    expect(counts[1]).toBe(0);
  });
});
