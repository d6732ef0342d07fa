import type { DeviceError } from '@shoal/core';
import type * as CanvasDrawing from './canvas/index.ts';
import type { Painter } from './painter.ts';
import type { Scatter } from './scatter.ts';
import { SceneScatter } from './scene-scatter.ts';
import { WebGpuPainter } from './webgpu/webgpu-painter.ts';

/** After this many lost devices in a row, without a complete picture in between, the CPU takes over. */
const MOST_FAILURES = 2;

/** What the scatter draws with: a shared device, else its own device from `gpu`, else the CPU. */
export interface ScatterOptions {
  /** A device that others also use, for example an engine's; the scatter never destroys it. */
  readonly device?: GPUDevice | undefined;
  /** `navigator.gpu`, where there is one. */
  readonly gpu?: GPU | undefined;
  /** Returns another device when the shared one is lost; without it the CPU continues to draw. */
  readonly onLost?: (() => Promise<GPUDevice | undefined>) | undefined;
  /** Is called when another backend or device starts to draw. */
  readonly onChange?: (() => void) | undefined;
}

/** What a scatter draws with in this page: a shared device, else its own where there is WebGPU. */
export function scatterOptions(device?: GPUDevice): ScatterOptions {
  // Node.js and insecure pages do not have this property, although its type says so.
  return { gpu: (navigator as Partial<Navigator>).gpu, device };
}

/**
 * Shows points on a canvas. WebGPU draws them where there is a device, also an emulated one; otherwise the CPU draws up to
 * 100,000 points, and `description` says why.
 *
 * A lost device is replaced, once per loss, and everything is drawn again. If that fails, the CPU continues on a canvas over
 * the given one, which does not take pointer events.
 *
 * @param canvas a canvas without a context yet; the scatter sets its size in device pixels
 * @throws {UnsupportedError} when the canvas has another context
 */
export async function createScatter(
  canvas: HTMLCanvasElement,
  options: ScatterOptions = {},
): Promise<Scatter> {
  const opened = await openWebGpu(canvas, options.device, options.gpu);
  const first =
    typeof opened === 'string' ? new (await loadCanvasDrawing()).CanvasPainter(canvas, opened) : opened;

  const replace = async (failed: Painter, error: DeviceError, failures: number): Promise<Painter> => {
    failed.destroy();
    if (error.reason === 'lost' && failures <= MOST_FAILURES) {
      const shared = await options.onLost?.();
      const again = await openWebGpu(canvas, shared, options.device === undefined ? options.gpu : undefined);
      if (typeof again !== 'string') return watched(again);
    }
    const { CanvasPainter, coverCanvas } = await loadCanvasDrawing();
    const { canvas: cover, uncover } = coverCanvas(canvas);
    return new CanvasPainter(cover, error.message, uncover);
  };
  const watched = (painter: WebGpuPainter): WebGpuPainter => {
    // The next change may come much later, and the picture must not be missing until then.
    void painter.device.lost.then(() => {
      scatter.redraw();
    });
    return painter;
  };
  const scatter = new SceneScatter(first, replace, options.onChange ?? (() => undefined));
  if (first instanceof WebGpuPainter) watched(first);
  return scatter;
}

/** @returns why there is no WebGPU, for people, if so */
async function openWebGpu(
  canvas: HTMLCanvasElement,
  shared: GPUDevice | undefined,
  gpu: GPU | undefined,
): Promise<WebGpuPainter | string> {
  let own: GPUDevice | undefined;
  try {
    if (shared !== undefined) return await WebGpuPainter.create(canvas, shared, false);
    if (gpu === undefined) return 'this browser has no WebGPU';
    const adapter = await gpu.requestAdapter();
    if (adapter === null) return 'no GPU was found';
    own = await adapter.requestDevice({ label: 'scatter' });
    return await WebGpuPainter.create(canvas, own, true);
  } catch (error) {
    own?.destroy();
    return `WebGPU could not be started (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Most pages draw with WebGPU, so this code is loaded where it is needed. */
function loadCanvasDrawing(): Promise<typeof CanvasDrawing> {
  return import('./canvas/index.ts');
}
