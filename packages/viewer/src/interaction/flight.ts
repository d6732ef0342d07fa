import { betweenCameras } from '../render/camera.ts';
import type { Camera } from '../render/scatter.ts';

const MILLISECONDS = 450;

/** Moves the camera from one place to another so that the eye can follow. */
export class Flight {
  #frame: number | undefined;

  /** @param motion false shows the end at once, for readers who prefer less motion */
  start(from: Camera, to: Camera, motion: boolean, show: (camera: Camera) => void): void {
    this.stop();
    if (!motion) {
      show(to);
      return;
    }
    const started = performance.now();
    const step = (now: number): void => {
      // A frame's time can be before the call that asked for it.
      const share = Math.min(1, Math.max(0, now - started) / MILLISECONDS);
      this.#frame = share < 1 ? requestAnimationFrame(step) : undefined;
      show(share < 1 ? betweenCameras(from, to, eased(share)) : to);
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }
}

/** Starts and ends slowly. */
function eased(share: number): number {
  return share * share * (3 - 2 * share);
}
