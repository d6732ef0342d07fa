import { hash32 } from '../../random.ts';
import type { SparseGraph } from './session.ts';

/**
 * When edges pull. For each edge e = (i, j), the lower 16 bits hold the phase u(i, j) of its own pulls, and the upper
 * 16 bits the phase u(j, i) of the pulls of the opposite edge. See `GraphLayoutSession`.
 *
 * @returns E values
 */
export function pullPhases({ offsets, targets }: SparseGraph, seed: number): Uint32Array {
  const vertices = offsets.length - 1;
  const ends = targets.reduce((most, target) => Math.max(most, target + 1), vertices);
  const streamOf = Uint32Array.from({ length: ends }, (_, vertex) => hash32(seed, vertex));
  const phases = new Uint32Array(targets.length);
  for (let i = 0; i < vertices; i++) {
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      const j = targets[edge];
      phases[edge] = (hash32(streamOf[i], j) >>> 16) | (hash32(streamOf[j], i) & 0xffff0000);
    }
  }
  return phases;
}
