import { describe, expect, it } from 'vitest';
import { defineKernel } from '../runtime/kernel.ts';
import { runKernel } from '../testing/test-device.ts';
import { useTestDevice } from '../testing/use-test-device.ts';
import { forPoints, pointConstants } from './access.ts';

/** A subtraction that compilers tend to fuse with the computation of the value. */
const subtract = defineKernel(
  'subtract',
  `@group(0) @binding(1) var<storage, read> targets: array<f32>;
   @group(0) @binding(2) var<storage, read_write> output: array<f32>;
   @compute @workgroup_size(64) fn subtract(@builtin(global_invocation_id) id: vec3u) {
     output[id.x] = point_value(id.x) - targets[id.x];
   }`,
  { points: 'read', targets: 'read', output: 'read-write' },
);

describe('points of bytes', () => {
  const device = useTestDevice();

  it.each([1, 1 / 255, 0.1, 3, -0.7, 1 / 127.5, 2 ** -30, 1e-25, 1e30, 0])(
    'have the same values as on the host, in any expression: scale %d',
    async (scale) => {
      const points = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const targets = Float32Array.from(points, (byte) => byte * scale);
      const { output } = await runKernel(device.context, forPoints(subtract, 'u8'), {
        grid: [4, 1],
        constants: pointConstants({ format: 'u8', scale }),
        buffers: { points, targets, output: new Float32Array(256).fill(9) },
      });
      expect([...new Float32Array(output)].every((difference) => difference === 0)).toBe(true);
    },
  );
});
