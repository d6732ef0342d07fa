import { matrix, Random } from '@shoal/core';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { expect, it } from 'vitest';
import { findNearest } from '../src/graph/nearest.ts';

it('finds the same neighbors of points and queries that lie far from 0, on an engine that computes in float32', async () => {
  const engine = await createWasmEngine({ threads: 1 });
  try {
    const places = Float64Array.from(new Random(2).distinct(600, 4000));
    const [near, far] = [0, 1.7e12].map((offset) =>
      matrix(
        places.map((place) => offset + place),
        600,
        1,
      ),
    );
    const options = { engine, neighbors: 3 };
    expect(await findNearest(far, undefined, options)).toEqual(await findNearest(near, undefined, options));
    const queries = Float64Array.of(7.25, 100.25, -1e5);
    const [here, there] = [0, 1.7e12].map((offset) =>
      matrix(
        queries.map((query) => offset + query),
        3,
        1,
      ),
    );
    expect(await findNearest(far, there, options)).toEqual(await findNearest(near, here, options));
  } finally {
    engine.destroy();
  }
});
