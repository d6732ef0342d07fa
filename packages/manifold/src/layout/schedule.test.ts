import { RATE_OF_ONE } from '@shoal/core/engine-kit';
import { expect, it } from 'vitest';
import { scheduleEdges } from './schedule.ts';

const graph = {
  offsets: Uint32Array.of(0, 2, 3, 4),
  targets: Uint32Array.of(1, 2, 0, 0),
  weights: Float32Array.of(0.5, 0.004, 0.5, 0.004),
};

it('the heaviest edges pull once an epoch, and those that would not pull at all are left out', () => {
  const rare = Math.round(0.002 * RATE_OF_ONE);
  expect(scheduleEdges(graph, 200, 4)).toEqual({
    offsets: Uint32Array.of(0, 2, 3, 4),
    targets: graph.targets,
    rates: Uint32Array.of(RATE_OF_ONE / 4, rare, RATE_OF_ONE / 4, rare),
  });
  expect(scheduleEdges(graph, 100, 1)).toEqual({
    offsets: Uint32Array.of(0, 1, 2, 2),
    targets: Uint32Array.of(1, 0),
    rates: Uint32Array.of(RATE_OF_ONE, RATE_OF_ONE),
  });
});

it('the heaviest weight may be given', () => {
  const { rates } = scheduleEdges(graph, 1000, 1, 1);
  const rare = Math.round(0.004 * RATE_OF_ONE);
  expect(rates).toEqual(Uint32Array.of(RATE_OF_ONE / 2, rare, RATE_OF_ONE / 2, rare));
});
