import type { Camera } from './scatter.ts';

/** Width and height of the picture in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A box on the map, in map units; `minX <= maxX` and `minY <= maxY`. */
export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** A place on the map or in the picture; the function that returns it says which. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How far a map can be zoomed in, relative to its fit: beyond this, float32 positions are too coarse. */
const ZOOM_IN = 20_000;
const ZOOM_OUT = 4;

/** The place of a map point in the picture, in CSS pixels from the left and the top. */
export function project(camera: Camera, { width, height }: Viewport, x: number, y: number): Place {
  return { x: width / 2 + (x - camera.x) * camera.scale, y: height / 2 - (y - camera.y) * camera.scale };
}

/** The map point at a place in the picture: the inverse of `project`. */
export function unproject(camera: Camera, { width, height }: Viewport, x: number, y: number): Place {
  return { x: camera.x + (x - width / 2) / camera.scale, y: camera.y - (y - height / 2) / camera.scale };
}

/** The part of the map in the picture, plus `margin` CSS pixels around it. */
export function visibleBounds(camera: Camera, { width, height }: Viewport, margin = 0): Bounds {
  const x = (width / 2 + margin) / camera.scale;
  const y = (height / 2 + margin) / camera.scale;
  return { minX: camera.x - x, minY: camera.y - y, maxX: camera.x + x, maxY: camera.y + y };
}

/** @returns the smallest box around all finite points; undefined without finite points */
export function boundsOf(positions: Float32Array): Bounds | undefined {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i + 1 < positions.length; i += 2) {
    const x = positions[i];
    const y = positions[i + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : undefined;
}

/**
 * The camera that shows all of a box, centered.
 *
 * @param bounds undefined gives the unit square around the origin; a single place gives a square around it
 * @param margin CSS pixels left free on each side, less where the picture is too small for them
 * @param covered CSS pixels at the top that something covers; nothing of the box is there
 */
export function fitBounds(
  bounds: Bounds | undefined,
  { width, height }: Viewport,
  margin = 24,
  covered = 0,
): Camera {
  const { minX, minY, maxX, maxY } = bounds ?? { minX: -0.5, minY: -0.5, maxX: 0.5, maxY: 0.5 };
  const free = Math.min(margin, width / 4, height / 4);
  const top = Math.min(covered, height / 4);
  const scale = Math.min((width - 2 * free) / (maxX - minX), (height - top - 2 * free) / (maxY - minY));
  const x = minX / 2 + maxX / 2;
  const y = minY / 2 + maxY / 2;
  if (Number.isFinite(scale) && scale > 0) return { x, y: y + top / 2 / scale, scale };
  // A single place, or a picture without a size: a square about as wide as the coordinates are large.
  const extent = Math.max(1e-6, Math.abs(x), Math.abs(y));
  return { x, y, scale: Math.max(1, Math.min(width, height)) / extent };
}

/** Moves the map with the pointer, `dx` CSS pixels to the right and `dy` down. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y + dy / camera.scale };
}

/**
 * Zooms so that the map point at a place of the picture stays at that place.
 *
 * @param x CSS pixels from the left @param y CSS pixels from the top
 * @param factor more than 1 zooms in
 */
export function zoomAbout(camera: Camera, viewport: Viewport, x: number, y: number, factor: number): Camera {
  const scale = camera.scale * factor;
  const held = unproject(camera, viewport, x, y);
  return {
    x: held.x - (x - viewport.width / 2) / scale,
    y: held.y + (y - viewport.height / 2) / scale,
    scale,
  };
}

/**
 * Limits a camera to views that show something: its middle within the box, and its zoom between a quarter and 20,000 times
 * that of the box's fit. Numbers that are not finite give the fit.
 */
export function clampCamera(camera: Camera, bounds: Bounds | undefined, viewport: Viewport): Camera {
  const fit = fitBounds(bounds, viewport);
  if (![camera.x, camera.y, camera.scale].every(Number.isFinite)) return fit;
  const { minX, minY, maxX, maxY } = bounds ?? { minX: -0.5, minY: -0.5, maxX: 0.5, maxY: 0.5 };
  return {
    x: clamp(camera.x, minX, maxX),
    y: clamp(camera.y, minY, maxY),
    scale: clamp(camera.scale, fit.scale / ZOOM_OUT, fit.scale * ZOOM_IN),
  };
}

/** The camera `share` of the way from one to another, for animation; the zoom changes by equal factors. */
export function betweenCameras(from: Camera, to: Camera, share: number): Camera {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    scale: from.scale * (to.scale / from.scale) ** share,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
