import { project } from '../camera.ts';
import { NO_GROUP, planLayers, type Layer } from '../layers.ts';
import { USUAL_SIZE, type Color } from '../scatter.ts';
import type { PixelSize } from '../scene.ts';
import type { SceneView } from '../scene-view.ts';

/** Opacity of a pixel that a single disc covers, where others have many; as in resolve.wgsl. */
const FAINT = 0.4;

/** What is drawn: its layers may have only some of the points. */
export interface RasterScene extends SceneView {
  /** N x 2. */
  readonly positions: Float32Array;
}

/**
 * Draws a scene's points in float arithmetic: the reference for the WebGPU kernels, which do the same with whole numbers,
 * and the painter where there is no WebGPU.
 *
 * @param pixels red, green, blue and opacity of each pixel, row by row from the top; overwritten
 */
export function rasterize(scene: RasterScene, size: PixelSize, pixels: Uint8ClampedArray): void {
  const picture = new Float32Array(3 * size.width * size.height);
  for (let i = 0; i < picture.length; i++) picture[i] = scene.style.background[i % 3]!;
  const sums = new Float32Array(4 * size.width * size.height);
  for (const layer of planLayers(scene, size.ratio)) {
    sums.fill(0);
    splat(scene, size, layer, sums);
    resolve(scene, layer, sums, picture);
  }
  for (let pixel = 0; pixel < size.width * size.height; pixel++) {
    for (let channel = 0; channel < 3; channel++) pixels[4 * pixel + channel] = picture[3 * pixel + channel]!;
    pixels[4 * pixel + 3] = 255;
  }
}

/** Adds up the cover, and red, green and blue times cover, as splat.wgsl does. */
function splat(scene: RasterScene, size: PixelSize, layer: Layer, sums: Float32Array): void {
  const { positions, groups, palette, style, camera, layers, sizes } = scene;
  const inPixels = { ...camera, scale: camera.scale * size.ratio };
  for (let i = layer.start; i < layer.start + layer.count; i++) {
    const point = layers.points[i];
    const factor = (sizes?.[point] ?? USUAL_SIZE) / USUAL_SIZE;
    const reach = layer.radius + layer.growing * (factor - 1) + 0.5;
    const group = groups?.[point] ?? NO_GROUP;
    const place = project(inPixels, size, positions[2 * point], positions[2 * point + 1]);
    // Also false when the position is NaN.
    if (!(place.x > -reach && place.x < size.width + reach)) continue;
    if (!(place.y > -reach && place.y < size.height + reach)) continue;
    const [red, green, blue] = layer.color ?? (group < palette.length ? palette[group] : style.muted);
    const right = Math.min(Math.floor(place.x + reach + 0.5), size.width);
    const bottom = Math.min(Math.floor(place.y + reach + 0.5), size.height);
    for (let y = Math.max(Math.ceil(place.y - reach - 0.5), 0); y < bottom; y++) {
      for (let x = Math.max(Math.ceil(place.x - reach - 0.5), 0); x < right; x++) {
        const distance = Math.sqrt((x + 0.5 - place.x) ** 2 + (y + 0.5 - place.y) ** 2);
        const cover = Math.min(reach - distance, 1);
        if (cover <= 0) continue;
        const sum = 4 * (y * size.width + x);
        sums[sum] += cover;
        sums[sum + 1] += cover * red;
        sums[sum + 2] += cover * green;
        sums[sum + 3] += cover * blue;
      }
    }
  }
}

/** Blends a layer over the picture, as resolve.wgsl does. */
function resolve(scene: RasterScene, layer: Layer, sums: Float32Array, picture: Float32Array): void {
  const { background } = scene.style;
  let peak = 0;
  for (let sum = 0; sum < sums.length; sum += 4) peak = Math.max(peak, sums[sum]);
  const shaded = layer.shaded && peak > 1;
  for (let pixel = 0; 4 * pixel < sums.length; pixel++) {
    const cover = sums[4 * pixel];
    if (cover === 0) continue;
    const strength = shaded
      ? FAINT + ((1 - FAINT) * Math.log(1 + Math.max(cover, 1))) / Math.log(1 + peak)
      : 1;
    const alpha = Math.min(cover, 1);
    for (let channel = 0; channel < 3; channel++) {
      const color = colorOf(layer.color, sums, pixel, channel);
      const shade = background[channel] + (color - background[channel]) * strength;
      picture[3 * pixel + channel] += (shade - picture[3 * pixel + channel]) * alpha;
    }
  }
}

function colorOf(flat: Color | undefined, sums: Float32Array, pixel: number, channel: number): number {
  return flat?.[channel] ?? sums[4 * pixel + 1 + channel] / sums[4 * pixel];
}
