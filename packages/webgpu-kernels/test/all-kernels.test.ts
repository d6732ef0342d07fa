import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forPoints, type PointFormat } from '../src/points/access.ts';
import type { MatrixPlan } from '../src/kernels/kmeans/assign-matrix.ts';
import type { Kernel } from '../src/runtime/kernel.ts';
import { wgslMismatches } from '../src/testing/wgsl-mismatches.ts';
import { useTestDevice } from '../src/testing/use-test-device.ts';

const folder = new URL('../src/kernels/', import.meta.url);
const shaders = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.wgsl'),
);
/** Modules are put before kernels; they have no entry point of their own. */
const isKernel = (path: string): boolean => read(path).includes('@compute');

/** Kernels that need optional features are in `*.features.test.ts`. */
const isForFew = (path: string): boolean => read(path).includes('f16');

function read(path: string): string {
  return readFileSync(new URL(path, folder), 'utf8');
}

const formats = ['f32', 'u8'] as const;

/** The plan for a kernel of the matrix unit. */
const matrixPlan: MatrixPlan = {
  shape: { m: 16, n: 16, k: 16, lanes: 32 },
  workerRows: 4,
  workerColumns: 2,
  depth: 16,
  split: false,
};

/** Every kernel that the wrapper beside a shader exports, for each of its formats of points. */
async function kernelsOf(path: string): Promise<Kernel[]> {
  const wrapper = new URL(path.replace(/\.wgsl$/, '.ts'), folder);
  const exported = Object.entries((await import(wrapper.href)) as Record<string, unknown>);
  return exported
    .filter(([name]) => name.endsWith('Kernel'))
    .flatMap(([, value]) => {
      if (typeof value === 'function') {
        const make = value as (format: PointFormat, plan: MatrixPlan) => Kernel;
        return formats.map((format) => make(format, matrixPlan));
      }
      const kernel = value as Kernel;
      return 'points' in kernel.bindings ? formats.map((format) => forPoints(kernel, format)) : [kernel];
    });
}

describe('every kernel', () => {
  const device = useTestDevice();

  it('is found', () => {
    expect(shaders.filter(isKernel).length).toBeGreaterThan(15);
  });

  it.each([
    ['kernel', shaders.filter(isKernel)],
    ['module', shaders.filter((path) => !isKernel(path))],
  ])('the README lists the %ss there are', (what, paths) => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const table = new RegExp(`^\\| ${what} .*?\n\n`, 'ms').exec(readme)?.[0] ?? '';
    const firstCells = table.split('\n').map((row) => row.split('|')[1] ?? '');
    const named = firstCells.flatMap((cell) =>
      [...cell.matchAll(/`(.*?)`/g)].map(([, name]) => `${name}.wgsl`),
    );
    expect(named.sort()).toEqual([...paths].sort());
  });

  it.each(shaders)('%s has a header and at most 200 lines', (path) => {
    const lines = read(path).trimEnd().split('\n');
    expect(lines[0]).toMatch(/^\/\/ \S/);
    expect(lines.length).toBeLessThanOrEqual(200);
  });

  it.each(shaders.filter(isKernel))(
    '%s has one entry point with its own name, and a wrapper beside it',
    (path) => {
      const entryPoints = [...read(path).matchAll(/@compute\s+@workgroup_size\([^)]*\)\s*fn (\w+)/g)];
      expect(entryPoints.map(([, name]) => name)).toEqual([basename(path, '.wgsl').replaceAll('-', '_')]);
      expect(existsSync(new URL(path.replace(/\.wgsl$/, '.ts'), folder))).toBe(true);
    },
  );

  it.each(shaders.filter(isKernel))('%s has the bindings and the structs of its wrapper', async (path) => {
    const kernels = await kernelsOf(path);
    expect(kernels.length).toBeGreaterThan(0);
    for (const kernel of kernels) expect(wgslMismatches(kernel)).toEqual([]);
  });

  it.each(shaders.filter((path) => isKernel(path) && !isForFew(path)))(
    '%s compiles with its default constants',
    async (path) => {
      const kernels = await kernelsOf(path);
      expect(kernels.length).toBeGreaterThan(0);
      for (const kernel of kernels) {
        const { pipeline } = await device.context.pipelines.get(kernel);
        expect(pipeline.label).toBe(kernel.label);
      }
    },
  );
});
