/** A frame that takes longer lags behind the hand: two frames of a display of 60 Hz. */
const SLOW_MS = 32;
/** A frame that is as quick has room for twice the points. */
const QUICK_MS = 8;
/** Frames with fewer points are slow for another reason, such as many pixels. */
const MIN_POINTS = 20_000;
/** Slow frames in a row: one may be an accident. */
const SLOW_FRAMES = 2;

/** How many points a device draws while the camera moves: all, or as many as it draws in time. */
export class FramePace {
  #mostPoints = Infinity;
  #slowFrames = 0;

  /** Points of the next frame while the camera moves; `Infinity` for all. */
  get mostPoints(): number {
    return this.#mostPoints;
  }

  /** Learns from a frame in which only the camera moved. */
  learn(points: number, milliseconds: number): void {
    this.#slowFrames = milliseconds > SLOW_MS ? this.#slowFrames + 1 : 0;
    if (this.#slowFrames >= SLOW_FRAMES && points > MIN_POINTS) {
      this.#slowFrames = 0;
      // A power of two, so that the sample seldom changes.
      const fitting = 2 ** Math.floor(Math.log2((0.75 * points * SLOW_MS) / milliseconds));
      this.#mostPoints = Math.max(MIN_POINTS, fitting);
    } else if (milliseconds < QUICK_MS && points >= 0.9 * this.#mostPoints) this.#mostPoints *= 2;
  }

  /** Forgets what it learned, as other points or pixels are drawn. */
  forget(): void {
    this.#mostPoints = Infinity;
    this.#slowFrames = 0;
  }
}
