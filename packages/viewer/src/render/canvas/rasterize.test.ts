import { describe, expect, it } from 'vitest';
import { Scene } from '../scene.ts';
import { rasterize } from './rasterize.ts';

/** Pixels of a scene of 20 x 10, one CSS pixel each. */
function draw(scene: Scene): (x: number, y: number) => number[] {
  scene.resize(20, 10, 1);
  const pixels = new Uint8ClampedArray(20 * 10 * 4);
  rasterize(scene, { width: 20, height: 10, ratio: 1 }, pixels);
  return (x, y) => [...pixels.subarray(4 * (20 * y + x), 4 * (20 * y + x) + 4)];
}

function scene(positions: number[], groups: number[], density = false): Scene {
  const made = new Scene();
  made.setPositions(Float32Array.from(positions));
  made.setGroups(Uint32Array.from(groups));
  made.setPalette([
    [200, 0, 0],
    [0, 0, 100],
  ]);
  made.setStyle({ ...made.style, background: [0, 0, 0], muted: [50, 60, 70], pointSize: 2, density });
  return made;
}

describe('rasterize', () => {
  it('covers pixels in proportion to the part inside the disc', () => {
    // In the middle of the pixel (10, 4), one pixel in radius: neighbors are half covered, diagonal ones by 1.5 - √2.
    const at = draw(scene([0.5, 0.5], [0]));
    expect(at(10, 4)).toEqual([200, 0, 0, 255]);
    expect(at(11, 4)).toEqual([100, 0, 0, 255]);
    expect(at(11, 5)).toEqual([Math.round(200 * (1.5 - Math.SQRT2)), 0, 0, 255]);
    expect(at(12, 4)).toEqual([0, 0, 0, 255]);
  });

  it('mixes the colors of points that cover the same pixel', () => {
    expect(draw(scene([0.5, 0.5, 0.5, 0.5], [0, 1]))(10, 4)).toEqual([100, 0, 50, 255]);
  });

  it('shades by the logarithm of the cover', () => {
    const at = draw(scene([-5.5, 0.5, 5.5, 0.5, 5.5, 0.5, 5.5, 0.5], [0, 0, 0, 0], true));
    expect(at(15, 4)[0]).toBe(200);
    // One disc where at most three overlap: 0.4 + 0.6 log 2 / log 4.
    expect(at(4, 4)[0]).toBe(140);
  });

  it('draws the visible part of points at the edges', () => {
    const at = draw(scene([-10, 5, 10, -5, 10.9, 0.5], [0, 0, 0]));
    expect(at(0, 0)[0]).toBeGreaterThan(100);
    expect(at(19, 9)[0]).toBeGreaterThan(100);
    expect(at(19, 4)[0]).toBeCloseTo(200 * 0.1, -1);
  });
});
