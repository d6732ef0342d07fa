import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Painter } from './painter.ts';
import { SceneScatter } from './scene-scatter.ts';

const COUNT = 400_000;
/** Milliseconds since the start, which only frames and painting let pass. */
let now: number;

beforeEach(() => {
  now = 0;
  vi.stubGlobal('requestAnimationFrame', (next: (time: number) => void) => {
    setTimeout(() => {
      now += 16;
      next(now);
    }, 0);
  });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A scatter of a device that draws 5,000 points in a millisecond, and the points of each of its frames. */
function slowScatter(pointsPerMillisecond: number): { scatter: SceneScatter; frames: number[] } {
  const frames: number[] = [];
  const painter: Painter = {
    backend: 'canvas',
    name: 'a test',
    mostPoints: Infinity,
    takesBuffers: false,
    canvas: undefined as unknown as HTMLCanvasElement,
    paint: (scene) => {
      frames.push(scene.layers.points.length);
      now += scene.layers.points.length / pointsPerMillisecond;
      return Promise.resolve();
    },
    destroy: () => undefined,
  };
  const scatter = new SceneScatter(
    painter,
    () => Promise.resolve(painter),
    () => undefined,
  );
  scatter.setPositions(new Float32Array(2 * COUNT).map(Math.random));
  scatter.setGroups(Uint32Array.from({ length: COUNT }, (_, i) => (i < 30 ? 1 : 0)));
  scatter.setPalette([
    [1, 1, 1],
    [2, 2, 2],
  ]);
  scatter.resize(100, 100, 1);
  return { scatter, frames };
}

/** Moves the camera in each of some frames. */
async function move(scatter: SceneScatter, frames: readonly number[], count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const drawn = frames.length;
    scatter.setCamera({ x: i, y: 0, scale: 1 });
    await vi.waitUntil(() => frames.length > drawn, { interval: 0 });
  }
}

describe('a scatter on a slow device', () => {
  it('draws a sample while the camera moves, and all points when it rests', async () => {
    const { scatter, frames } = slowScatter(5000);
    await scatter.settled();
    expect(frames).toEqual([COUNT]);
    await move(scatter, frames, 8);
    // Two slow frames of 80 ms, then about 2^16 points in 13 ms, which are neither slow nor quick.
    expect(frames.slice(1, 3)).toEqual([COUNT, COUNT]);
    for (const points of frames.slice(3)) expect(points / 2 ** 16).toBeCloseTo(1, 1);
    await scatter.settled();
    expect(frames.at(-1)).toBe(COUNT);
    expect(frames).toHaveLength(10);
  });

  it('draws all points as soon as something else changes', async () => {
    const { scatter, frames } = slowScatter(5000);
    await scatter.settled();
    await move(scatter, frames, 4);
    expect(frames.at(-1)).toBeLessThan(COUNT);
    scatter.setMarks(new Uint8Array(COUNT));
    await scatter.settled();
    expect(frames).toHaveLength(6);
    expect(frames.at(-1)).toBe(COUNT);
  });

  it('never thins on a device that is quick enough', async () => {
    const { scatter, frames } = slowScatter(50_000);
    await scatter.settled();
    await move(scatter, frames, 5);
    await scatter.settled();
    expect(frames).toEqual(Array.from({ length: 6 }, () => COUNT));
  });
});
