/* oxlint-disable max-lines-per-function -- The templates of the files that belong together are read in one piece. */
import { camel, snake, words } from './names.mjs';

/**
 * A kernel of the WebGPU engine: WGSL, the wrapper that the host calls, and a test on a device.
 *
 * @param {string} path folder and name: "rows/scale-values"
 * @returns {import('./plan.mjs').Plan}
 */
export function planKernel(path) {
  const [folder, name] = path.split('/');
  const stem = `packages/webgpu-kernels/src/kernels/${folder}/${name}`;
  const id = camel(name);
  return {
    files: {
      [`${stem}.wgsl`]: `// ${words(name)}: output[i] = factor * input[i].
//
// One thread per value, 64 to a workgroup. Each value is rounded once.

struct Params {
  // Number of values.
  count: u32,
  factor: f32,
}

@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn ${snake(name)}(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = (group.x + group.y * groups.x) * GROUP + lane;
  if (i < params.count) {
    output[i] = params.factor * input[i];
  }
}
`,
      [`${stem}.ts`]: `import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './${name}.wgsl';

const paramsStruct = defineParams('Params', { count: 'u32', factor: 'f32' });

/** TODO: what it computes. */
export const ${id}Kernel = defineKernel('${name}', source, {
  input: 'read',
  output: 'read-write',
  params: paramsStruct,
});

/** @param count number of values, at most 2^32 - 1 */
export function ${id}Params(count: number, factor: number): ArrayBuffer {
  return paramsStruct.pack({ count, factor });
}

/** One thread per value, 64 to a workgroup. */
export function ${id}Grid(count: number): Grid {
  return linearGrid(Math.ceil(count / 64));
}
`,
      [`${stem}.test.ts`]: `import { expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { ${id}Grid, ${id}Kernel, ${id}Params } from './${name}.ts';

const device = useTestDevice();

// One value, a workgroup and its neighbors, and more than one workgroup.
it.each([1, 63, 64, 65, 1000])('computes %i values', async (count) => {
  const input = Float32Array.from({ length: count }, (_, i) => i - 3);
  const { output } = await runKernel(device.context, ${id}Kernel, {
    grid: ${id}Grid(count),
    buffers: {
      input,
      output: new Float32Array(count),
      params: new Uint8Array(${id}Params(count, 2)),
    },
  });
  expect(new Float32Array(output)).toEqual(input.map((value) => 2 * value));
});
`,
    },
    insertions: [
      {
        path: 'packages/webgpu-kernels/README.md',
        before: '| `probes/multiply-add`',
        text: `| \`${path}\` | TODO: what it computes |\n`,
      },
    ],
    next: [
      'Say what it computes in the table of packages/webgpu-kernels/README.md.',
      'Dispatch it from a session: see docs/kernels.md.',
    ],
  };
}
