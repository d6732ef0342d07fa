import type { Contender } from './contender.ts';
import { inkOf, inkOfPoints, refuse } from './expected.mjs';
import { benchPoints } from './points.ts';
import { shoal } from './shoal.ts';

/** The result of one contender in one new page; times in milliseconds. */
export interface PageResult {
  /** From the first call until the points are drawn. */
  readonly firstPaint: number;
  /** From a move of the map until it is drawn. */
  readonly frames: readonly number[];
  readonly description: string;
}

declare global {
  interface Window {
    viewerBench: {
      /** Draws points, pans, and comes back to the start. */
      measure(contender: string, count: number, seed: number, frames: number): Promise<PageResult>;
      /**
       * Whether a picture shows the points.
       *
       * @param png base64
       * @returns what is wrong with it
       */
      refuse(png: string, count: number, seed: number): Promise<string | undefined>;
    };
  }
}

const contenders: Readonly<Record<string, () => Promise<Contender>>> = {
  '@shoal/viewer': async () => shoal,
  'regl-scatterplot': async () => (await import('./regl.ts')).regl,
  'embedding-atlas': async () => (await import('./embedding-atlas.ts')).embeddingAtlas,
};

window.viewerBench = {
  async refuse(png, count, seed) {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const { positions } = benchPoints(count, seed);
    return refuse(inkOf(data, 4, width, height), inkOfPoints(positions, width, height));
  },
  async measure(name, count, seed, frames) {
    const contender = await contenders[name]();
    const points = benchPoints(count, seed);
    const place = document.querySelector<HTMLElement>('#place')!;
    const start = performance.now();
    const drawing = await contender(place, points);
    const firstPaint = performance.now() - start;
    const times: number[] = [];
    for (let frame = 1; frame <= frames; frame++) {
      const before = performance.now();
      await drawing.move(0.02 * frame, 0.01 * frame);
      times.push(performance.now() - before);
    }
    await drawing.move(0, 0);
    return { firstPaint, frames: times, description: drawing.description };
  },
};
