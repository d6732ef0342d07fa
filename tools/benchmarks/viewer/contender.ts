import type { BenchPoints } from './points.ts';

/** A library drawing points. */
interface Drawing {
  /** Shows the map moved by so much, in map units; resolves when that is drawn, and the device is done with it. */
  move(x: number, y: number): Promise<void>;
  /** What draws, as the library says it. */
  readonly description: string;
  destroy(): void;
}

/**
 * Draws points into an empty element; resolves when they are drawn.
 *
 * @throws when it cannot, or draws nothing in time
 */
export type Contender = (place: HTMLElement, points: BenchPoints) => Promise<Drawing>;
