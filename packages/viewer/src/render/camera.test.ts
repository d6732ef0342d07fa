import { describe, expect, it } from 'vitest';
import {
  betweenCameras,
  boundsOf,
  clampCamera,
  fitBounds,
  panBy,
  project,
  unproject,
  visibleBounds,
  zoomAbout,
} from './camera.ts';

const viewport = { width: 800, height: 600 };
const camera = { x: 3, y: -2, scale: 50 };

describe('project', () => {
  it('puts the middle in the middle, and y upwards', () => {
    expect(project(camera, viewport, 3, -2)).toEqual({ x: 400, y: 300 });
    expect(project(camera, viewport, 4, -1)).toEqual({ x: 450, y: 250 });
  });

  it('is undone by unproject', () => {
    const place = project(camera, viewport, 7.25, 1.5);
    expect(unproject(camera, viewport, place.x, place.y)).toEqual({ x: 7.25, y: 1.5 });
  });
});

describe('visibleBounds', () => {
  it('is the box between the corners of the picture', () => {
    expect(visibleBounds(camera, viewport)).toEqual({ minX: -5, minY: -8, maxX: 11, maxY: 4 });
    expect(visibleBounds(camera, viewport, 50)).toEqual({ minX: -6, minY: -9, maxX: 12, maxY: 5 });
  });
});

describe('boundsOf', () => {
  it('leaves out what is not finite', () => {
    const positions = Float32Array.of(1, 2, NaN, 90, 5, Infinity, -3, 4, 90, -Infinity);
    expect(boundsOf(positions)).toEqual({ minX: -3, minY: 2, maxX: 1, maxY: 4 });
  });

  it('is undefined without a finite point', () => {
    expect(boundsOf(new Float32Array())).toBeUndefined();
    expect(boundsOf(Float32Array.of(NaN, 1))).toBeUndefined();
  });
});

describe('fitBounds', () => {
  it('shows the box within its margin', () => {
    const fit = fitBounds({ minX: 0, minY: 0, maxX: 10, maxY: 2 }, viewport, 50);
    expect(fit).toEqual({ x: 5, y: 1, scale: 70 });
    expect(project(fit, viewport, 0, 1)).toEqual({ x: 50, y: 300 });
    expect(project(fit, viewport, 10, 1)).toEqual({ x: 750, y: 300 });
  });

  it.each([
    ['nothing', undefined, viewport],
    ['one place', { minX: 4, minY: 4, maxX: 4, maxY: 4 }, viewport],
    ['the origin alone', { minX: 0, minY: 0, maxX: 0, maxY: 0 }, viewport],
    ['the whole of float32', { minX: -3e38, minY: -3e38, maxX: 3e38, maxY: 3e38 }, viewport],
    ['a picture of no size', { minX: 0, minY: 0, maxX: 1, maxY: 1 }, { width: 0, height: 0 }],
  ])('is finite for %s', (_, bounds, size) => {
    const fit = fitBounds(bounds, size);
    expect(Object.values(fit).every(Number.isFinite)).toBe(true);
    expect(fit.scale).toBeGreaterThan(0);
  });

  it('fits a line along its length', () => {
    expect(fitBounds({ minX: 0, minY: 5, maxX: 8, maxY: 5 }, viewport, 0)).toEqual({
      x: 4,
      y: 5,
      scale: 100,
    });
  });
});

describe('moving the camera', () => {
  it('pans with the pointer', () => {
    const before = project(camera, viewport, 1, 1);
    const after = project(panBy(camera, 30, -20), viewport, 1, 1);
    expect(after.x - before.x).toBeCloseTo(30, 9);
    expect(after.y - before.y).toBeCloseTo(-20, 9);
  });

  it('zooms about the place under the pointer', () => {
    const held = unproject(camera, viewport, 100, 500);
    const zoomed = zoomAbout(camera, viewport, 100, 500, 3);
    const after = project(zoomed, viewport, held.x, held.y);
    expect(zoomed.scale).toBe(150);
    expect(after.x).toBeCloseTo(100, 9);
    expect(after.y).toBeCloseTo(500, 9);
  });

  it('zooms by equal factors between two cameras', () => {
    const to = { x: 5, y: 0, scale: 200 };
    expect(betweenCameras(camera, to, 0)).toEqual(camera);
    expect(betweenCameras(camera, to, 0.5)).toEqual({ x: 4, y: -1, scale: 100 });
    expect(betweenCameras(camera, to, 1)).toEqual(to);
  });
});

describe('clampCamera', () => {
  const bounds = { minX: 0, minY: 0, maxX: 10, maxY: 10 };
  const fit = fitBounds(bounds, viewport);

  it('does not change a camera within the box', () => {
    const inside = { x: 2, y: 9, scale: fit.scale * 10 };
    expect(clampCamera(inside, bounds, viewport)).toEqual(inside);
  });

  it('keeps the middle within the box, and the zoom within its range', () => {
    expect(clampCamera({ x: -5, y: 11, scale: 1e-9 }, bounds, viewport)).toEqual({
      x: 0,
      y: 10,
      scale: fit.scale / 4,
    });
    expect(clampCamera({ x: 5, y: 5, scale: 1e30 }, bounds, viewport).scale).toBe(fit.scale * 20_000);
  });

  it('replaces numbers that are not finite by the fit', () => {
    expect(clampCamera({ x: NaN, y: 0, scale: 1 }, bounds, viewport)).toEqual(fit);
    expect(clampCamera({ x: 0, y: 0, scale: Infinity }, undefined, viewport)).toEqual(
      fitBounds(undefined, viewport),
    );
  });
});
