import { betweenCameras } from '../render/camera.ts';
import type { Camera } from '../render/scatter.ts';

const MILLISECONDS = 450;

/** Animates the camera from one place to another. */
export class Flight {
  #frame: number | undefined;

  /** @param motion false jumps to the end, for readers who prefer less motion */
  start(from: Camera, to: Camera, motion: boolean, show: (camera: Camera) => void): void {
    this.stop();
    if (!motion) {
      show(to);
      return;
    }
    const started = performance.now();
    const step = (now: number): void => {
      // The time of a frame can be before the call that requested it.
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
