import type { Scatter } from './scatter.ts';
import type { Scene } from './scene.ts';

/** Puts scenes on a canvas. */
export interface Painter {
  readonly backend: Scatter['backend'];
  /** What draws, for people. */
  readonly name: string;
  /** Points it draws at most: the CPU leaves some of more out, WebGPU cannot have them. */
  readonly mostPoints: number;
  /** Whether positions may be in a buffer, of the device that is shared. */
  readonly takesBuffers: boolean;
  /** Where the picture is; `toBlob` reads it in the same task as `paint` was called in. */
  readonly canvas: HTMLCanvasElement;
  /**
   * Draws before it returns; settles when the picture is complete.
   *
   * @throws {DeviceError} when the device failed; its `reason` is `lost` when another one may help
   */
  paint(scene: Scene): Promise<void>;
  /** Frees everything but the canvas. */
  destroy(): void;
}
