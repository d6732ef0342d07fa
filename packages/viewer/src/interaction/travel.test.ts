import { afterEach, expect, it, vi } from 'vitest';
import { travel } from './travel.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Runs frames by hand: `frame(ms)` is one so many milliseconds after the start. */
function frames(): (milliseconds: number) => void {
  const waiting: FrameRequestCallback[] = [];
  const started = performance.now();
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => waiting.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => {
    waiting.length = 0;
  });
  return (milliseconds) => waiting.shift()?.(started + milliseconds);
}

it('moves points from frame to frame, and ends where they belong', () => {
  const frame = frames();
  const shown: number[][] = [];
  travel(Float32Array.of(0, 0, NaN, 5), Float32Array.of(10, 20, 3, NaN), (positions) => {
    shown.push([...positions]);
  });
  frame(350);
  frame(10_000);
  frame(10_016);
  expect(shown).toHaveLength(2);
  expect(shown[0][0]).toBeGreaterThan(4);
  expect(shown[0][0]).toBeLessThan(6);
  // Without a place at the start, a point is at its end at once; without one at the end, it is nowhere.
  expect(shown[0].slice(2)).toEqual([3, NaN]);
  expect(shown[1]).toEqual([10, 20, 3, NaN]);
});

it('stops when it is told to', () => {
  const frame = frames();
  const show = vi.fn();
  const stop = travel(Float32Array.of(0, 0), Float32Array.of(1, 1), show);
  frame(100);
  stop();
  frame(200);
  expect(show).toHaveBeenCalledTimes(1);
});
