import { expect, it } from 'vitest';
import { FramePace } from './frame-pace.ts';

it('draws all points until two frames in a row are slow', () => {
  const pace = new FramePace();
  for (const milliseconds of [16, 100, 16, 100, 30]) pace.learn(1_000_000, milliseconds);
  expect(pace.mostPoints).toBe(Infinity);
  pace.learn(1_000_000, 100);
  pace.learn(1_000_000, 100);
  // 0.75 * 10^6 * 32 / 100 = 240,000, and the power of two below it.
  expect(pace.mostPoints).toBe(2 ** 17);
});

it('draws fewer when that is still slow, but never hides small data', () => {
  const pace = new FramePace();
  for (let i = 0; i < 20; i++) pace.learn(Math.min(pace.mostPoints, 1_000_000), 500);
  expect(pace.mostPoints).toBe(20_000);
  const small = new FramePace();
  for (let i = 0; i < 20; i++) small.learn(20_000, 500);
  expect(small.mostPoints).toBe(Infinity);
});

it('draws more again when frames are quick, and forgets', () => {
  const pace = new FramePace();
  for (let i = 0; i < 2; i++) pace.learn(1_000_000, 100);
  pace.learn(2 ** 17, 5);
  expect(pace.mostPoints).toBe(2 ** 18);
  // A frame of few points says nothing about many.
  pace.learn(1000, 1);
  expect(pace.mostPoints).toBe(2 ** 18);
  pace.forget();
  expect(pace.mostPoints).toBe(Infinity);
});
