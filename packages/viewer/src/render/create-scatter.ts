import type { DeviceError } from '@shoal/core';
import { CanvasPainter } from './canvas/canvas-painter.ts';
import { coverCanvas } from './canvas/covering-canvas.ts';
import type { Painter } from './painter.ts';
import type { Scatter } from './scatter.ts';
import { SceneScatter } from './scene-scatter.ts';
import { WebGpuPainter } from './webgpu/webgpu-painter.ts';

/** Devices lost one after the other, without a complete picture between them, before the CPU takes over. */
const MOST_FAILURES = 2;

/** What draws: a device that is shared, else one of the scatter's own from `gpu`, else the CPU. */
export interface ScatterOptions {
  /** A device that others use too, such as an engine's; it is never destroyed here. */
  readonly device?: GPUDevice | undefined;
  /** `navigator.gpu`, where there is one. */
  readonly gpu?: GPU | undefined;
  /** Gives another device when the shared one is lost; without one the CPU draws on. */
  readonly onLost?: (() => Promise<GPUDevice | undefined>) | undefined;
  /** Called when another backend or device draws from now on. */
  readonly onChange?: (() => void) | undefined;
}

/** What draws in this page: a device that it shares, else one of the scatter's own where there is WebGPU. */
export function scatterOptions(device?: GPUDevice): ScatterOptions {
  // Node.js and insecure pages have no such property, whatever its type says.
  return { gpu: (navigator as Partial<Navigator>).gpu, device };
}

/**
 * Makes a canvas show points. WebGPU draws them where there is a device, software ones included; otherwise the CPU does, up
 * to 100,000 points, and `description` says why.
 *
 * A device that is lost is replaced once per loss, and everything drawn again. When that fails the CPU goes on in a canvas
 * that is laid over the given one and lets the pointer through.
 *
 * @param canvas without a context yet; its size in device pixels is the scatter's
 * @throws {UnsupportedError} when the canvas has another context
 */
export async function createScatter(
  canvas: HTMLCanvasElement,
  options: ScatterOptions = {},
): Promise<Scatter> {
  const opened = await openWebGpu(canvas, options.device, options.gpu);
  const first = typeof opened === 'string' ? new CanvasPainter(canvas, opened) : opened;

  const replace = async (failed: Painter, error: DeviceError, failures: number): Promise<Painter> => {
    failed.destroy();
    if (error.reason === 'lost' && failures <= MOST_FAILURES) {
      const shared = await options.onLost?.();
      const again = await openWebGpu(canvas, shared, options.device === undefined ? options.gpu : undefined);
      if (typeof again !== 'string') return watched(again);
    }
    const { canvas: cover, uncover } = coverCanvas(canvas);
    return new CanvasPainter(cover, error.message, uncover);
  };
  const watched = (painter: WebGpuPainter): WebGpuPainter => {
    // Nothing may be due to be drawn for long; whoever looks at the picture should not see it gone.
    void painter.device.lost.then(() => {
      scatter.redraw();
    });
    return painter;
  };
  const scatter = new SceneScatter(first, replace, options.onChange ?? (() => undefined));
  if (first instanceof WebGpuPainter) watched(first);
  return scatter;
}

/** @returns why there is no WebGPU, for people, when there is none */
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
