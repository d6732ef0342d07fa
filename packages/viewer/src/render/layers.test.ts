import { describe, expect, it } from 'vitest';
import { automaticDiameter, LAYER, layerOf, planLayers, pointDiameter } from './layers.ts';
import { MARK } from './scatter.ts';
import { Scene } from './scene.ts';

function scene(): Scene {
  const made = new Scene();
  made.setPositions(Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3));
  made.setGroups(Uint32Array.of(0, 0, 0, 9));
  made.setPalette([[1, 2, 3]]);
  made.resize(100, 100, 1);
  return made;
}

describe('layerOf', () => {
  it('has selected points on top, also if they are muted', () => {
    expect(layerOf(0, 0, 1)).toBe(LAYER.plain);
    expect(layerOf(1, 0, 1)).toBe(LAYER.muted);
    expect(layerOf(0, MARK.muted, 1)).toBe(LAYER.muted);
    expect(layerOf(0, MARK.muted | MARK.selected, 1)).toBe(LAYER.selected);
    expect(layerOf(5, MARK.selected, 1)).toBe(LAYER.selected);
  });
});

describe('sortIntoLayers', () => {
  it('keeps the order of points within a layer', () => {
    const made = scene();
    made.setMarks(Uint8Array.of(MARK.selected, 0, MARK.muted));
    expect(made.layers).toEqual({ counts: [2, 1, 1], points: Uint32Array.of(2, 3, 1, 0) });
  });

  it('handles points without a group or a mark', () => {
    const made = scene();
    made.setGroups(Uint32Array.of(0));
    made.setMarks(Uint8Array.of(MARK.selected));
    expect(made.layers).toEqual({ counts: [3, 0, 1], points: Uint32Array.of(1, 2, 3, 0) });
  });
});

describe('planLayers', () => {
  it('leaves out layers without points', () => {
    const made = scene();
    expect(planLayers(made, 1).map(({ start, count }) => [start, count])).toEqual([
      [0, 1],
      [1, 3],
    ]);
    made.setGroups(new Uint32Array(4));
    expect(planLayers(made, 1).map(({ start, count }) => [start, count])).toEqual([[0, 4]]);
    made.setPositions(new Float32Array());
    expect(planLayers(made, 1)).toEqual([]);
  });

  it('draws selected points over a wider outline in the accent color', () => {
    const made = scene();
    made.setMarks(Uint8Array.of(MARK.selected, 0, MARK.selected));
    made.setStyle({ ...made.style, pointSize: 4, accent: [9, 9, 9], density: true });
    expect(planLayers(made, 2).slice(2)).toEqual([
      { start: 2, count: 2, radius: 7, growing: 4, color: [9, 9, 9], shaded: false },
      { start: 2, count: 2, radius: 4, growing: 4, shaded: true },
    ]);
  });

  it('never draws a point smaller than a pixel, nor larger than 64 CSS pixels', () => {
    const made = scene();
    made.setStyle({ ...made.style, pointSize: 0.1 });
    expect(planLayers(made, 1)[0].radius).toBe(0.5);
    made.setStyle({ ...made.style, pointSize: 1e9 });
    expect(planLayers(made, 1)[0].radius).toBe(32);
  });
});

describe('automaticDiameter', () => {
  const bounds = { minX: 0, minY: 0, maxX: 8, maxY: 6 };

  it('shrinks with the number of points and grows with the zoom, but less than the map', () => {
    const sizes = [1e3, 1e4, 1e5].map((count) => automaticDiameter(count, bounds, 100));
    expect(sizes[0]).toBeGreaterThan(sizes[1]);
    expect(sizes[1]).toBeGreaterThan(sizes[2]);
    expect(automaticDiameter(1e5, bounds, 400) / sizes[2]).toBeCloseTo(2, 9);
  });

  it('stays within visible sizes', () => {
    expect(automaticDiameter(1e9, bounds, 100)).toBe(1.5);
    expect(automaticDiameter(1, bounds, 1e9)).toBe(12);
    expect(automaticDiameter(5, { minX: 1, minY: 1, maxX: 1, maxY: 1 }, 100)).toBe(12);
    expect(automaticDiameter(0, bounds, 100)).toBe(12);
  });
});

describe('pointDiameter', () => {
  it('exists without points, and without a picture', () => {
    const made = new Scene();
    expect(pointDiameter(made)).toBe(12);
    made.resize(300, 200, 1);
    expect(pointDiameter(made)).toBe(12);
  });
});
