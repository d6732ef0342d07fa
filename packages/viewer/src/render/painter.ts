import type { Scatter } from './scatter.ts';
import type { Scene } from './scene.ts';

/** Puts scenes on a canvas. */
export interface Painter {
  readonly backend: Scatter['backend'];
  /** Name of the backend, for people. */
  readonly name: string;
  /** The most points it draws: the CPU leaves out some if there are more, WebGPU cannot hold more. */
  readonly mostPoints: number;
  /** Whether positions may be in a buffer of a shared device. */
  readonly takesBuffers: boolean;
  /** The canvas with the picture; `toBlob` must read it in the same task in which `paint` was called. */
  readonly canvas: HTMLCanvasElement;
  /**
   * Draws before it returns; settles when the picture is complete.
   *
   * @throws {DeviceError} when the device failed; its `reason` is `lost` if another device may help
   */
  paint(scene: Scene): Promise<void>;
  /** Frees everything but the canvas. */
  destroy(): void;
}
