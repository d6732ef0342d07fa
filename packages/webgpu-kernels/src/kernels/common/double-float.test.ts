import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { defineKernel } from '../../runtime/kernel.ts';
import { runKernel } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { doubleFloat, packDoubles, unpackDoubles } from './double-float.ts';

const OPERATIONS = `
@group(0) @binding(0) var<storage, read> left: array<vec2f>;
@group(0) @binding(1) var<storage, read> right: array<vec2f>;
@group(0) @binding(2) var<storage, read_write> results: array<vec2f>;
@group(0) @binding(3) var<uniform> zero: u32;

@compute @workgroup_size(64)
fn operations(@builtin(global_invocation_id) id: vec3u) {
  let count = arrayLength(&left);
  if (id.x >= count) {
    return;
  }
  df_guard(zero);
  let a = left[id.x];
  let b = right[id.x];
  results[id.x] = df_add(a, b);
  results[count + id.x] = df_subtract(a, b);
  results[2u * count + id.x] = df_multiply(a, b);
  results[3u * count + id.x] = df_divide(a, b);
  results[4u * count + id.x] = df_sqrt(vec2f(abs(a.x), select(-a.y, a.y, a.x > 0.0)));
}`;

const kernel = defineKernel('operations', [doubleFloat, OPERATIONS].join('\n'), {
  left: 'read',
  right: 'read',
  results: 'read-write',
  zero: 'uniform',
});

describe('double-floats', () => {
  it('packs doubles as two float32 with 48 bits together', () => {
    const values = Float64Array.of(0, Math.PI, -1e-7, 1e20 + 1e10);
    const pairs = packDoubles(values);
    expect(pairs[2]).toBe(Math.fround(Math.PI));
    unpackDoubles(pairs).forEach((value, i) => {
      expect(Math.abs(value - values[i])).toBeLessThanOrEqual(2 ** -48 * Math.abs(values[i]));
    });
  });

  const device = useTestDevice();

  it('keep about 46 bits through every operation, at all magnitudes', async () => {
    const count = 4096;
    const random = new Random(1);
    const draw = (): Float64Array =>
      unpackDoubles(
        packDoubles(
          Float64Array.from({ length: count }, () => random.normal() * 2 ** (random.integer(40) - 20)),
        ),
      );
    const left = draw();
    // Almost all digits cancel in half of the sums.
    const right = draw().map((value, i) => (i % 2 === 0 ? value : -left[i] * (1 + value * 2 ** -40)));
    const stored = unpackDoubles(packDoubles(right));
    const { results } = await runKernel(device.context, kernel, {
      grid: [count / 64, 1],
      buffers: {
        left: packDoubles(left),
        right: packDoubles(right),
        results: new Float32Array(2 * 5 * count),
        zero: new Uint32Array(4),
      },
    });
    const found = unpackDoubles(new Float32Array(results));
    const worst = { add: 0, subtract: 0, multiply: 0, divide: 0, sqrt: 0 };
    for (const [i, a] of left.entries()) {
      const b = stored[i];
      const larger = Math.max(Math.abs(a), Math.abs(b));
      const cases = [
        ['add', a + b, larger],
        ['subtract', a - b, larger],
        ['multiply', a * b, Math.abs(a * b)],
        ['divide', a / b, Math.abs(a / b)],
        ['sqrt', Math.sqrt(Math.abs(a)), Math.sqrt(Math.abs(a))],
      ] as const;
      for (const [at, [name, expected, size]] of cases.entries()) {
        worst[name] = Math.max(worst[name], Math.abs(found[at * count + i] - expected) / size);
      }
    }
    for (const error of Object.values(worst)) expect(error).toBeLessThan(2 ** -44);
  });
});
