import { EmbeddingView } from 'peer:embedding-atlas';
import type { Contender } from './contender.ts';
import { HEIGHT, PALETTE, POINT_SIZE, WIDTH } from './points.ts';

/** Limit of the time until it shows something. */
const PATIENCE_MS = 10_000;

/**
 * embedding-atlas's component, which does not say when it has drawn: its canvas is compared after every frame until it
 * has changed.
 */
export const embeddingAtlas: Contender = async (place, { positions, groups }) => {
  const column = (axis: number): Float32Array => Float32Array.from(groups, (_, i) => positions[2 * i + axis]);
  const viewport = (x: number, y: number) => ({ x, y, scale: 1 });
  const view = new EmbeddingView(place, {
    data: { x: column(0), y: column(1), category: Uint8Array.from(groups) },
    categoryColors: PALETTE,
    width: WIDTH,
    height: HEIGHT,
    pixelRatio: 1,
    config: { mode: 'points', pointSize: POINT_SIZE, autoLabelEnabled: false },
    viewportState: viewport(0, 0),
  });
  let shown = await untilOther(place, undefined);
  return {
    description: 'WebGPU',
    async move(x, y) {
      view.update({ viewportState: viewport(x, y) });
      shown = await untilOther(place, shown);
    },
    destroy() {
      view.destroy();
    },
  };
};

/** Waits until the canvas shows something other than `before`: anything at all, when that is undefined. */
async function untilOther(place: HTMLElement, before: string | undefined): Promise<string> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const canvas = place.querySelector('canvas');
    if (canvas === null) continue;
    const context = new OffscreenCanvas(40, 30).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(canvas, 0, 0, 40, 30);
    const { data } = context.getImageData(0, 0, 40, 30);
    const now = data.join();
    const isPlain = data.every((value, i) => value === data[i % 4]);
    if (before === undefined ? !isPlain : now !== before) return now;
  }
  const adapter = await navigator.gpu.requestAdapter();
  throw new Error(
    `drew nothing within ${PATIENCE_MS / 1000} s` +
      (adapter?.features.has('shader-f16') === true
        ? ''
        : '; it needs shader-f16, which this adapter does not have'),
  );
}
