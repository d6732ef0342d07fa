import type { BenchPoints } from './points.ts';

/** A library drawing points. */
interface Drawing {
  /** Shows the map moved by an offset in map units; resolves when that is drawn and the device has finished. */
  move(x: number, y: number): Promise<void>;
  /** The renderer, as the library describes it. */
  readonly description: string;
  destroy(): void;
}

/**
 * Draws points into an empty element; resolves when they are drawn.
 *
 * @throws when it cannot, or draws nothing in time
 */
export type Contender = (place: HTMLElement, points: BenchPoints) => Promise<Drawing>;
