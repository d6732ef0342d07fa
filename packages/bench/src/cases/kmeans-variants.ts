import { matrix, UnsupportedError, type Engine, type Matrix } from '@shoal/core';
import { openVariants, WebGpuEngine, type RecoverableKMeansSession } from '@shoal/webgpu-kernels';
import type { BenchCase, BenchContext, Contender, Workload } from '../bench-case.ts';
import { noise, startingRows } from '../data/point-sets.ts';
import { lloydWork, type Shape } from './work.ts';

const SEED = 20;

/** For peers that multiply in TF32 or float16. */
const NARROW_TOLERANCE = 1e-3;

interface VariantShape extends Shape {
  readonly bytes?: boolean;
}

/** Images, the shapes of papers, and odd ones. */
const SHAPES: Readonly<Record<string, VariantShape>> = {
  images: { rows: 60_000, columns: 784, clusters: 10 },
  'images-u8': { rows: 60_000, columns: 784, clusters: 10, bytes: true },
  'million-64': { rows: 2 ** 20, columns: 32, clusters: 64 },
  'million-256': { rows: 2 ** 20, columns: 128, clusters: 256 },
  'million-1024': { rows: 2 ** 20, columns: 128, clusters: 1024 },
  'million-4096': { rows: 2 ** 20, columns: 128, clusters: 4096 },
  'odd-3-7': { rows: 100_000, columns: 3, clusters: 7 },
  'odd-17-1000': { rows: 20_000, columns: 17, clusters: 1000 },
  'small-128-100': { rows: 5000, columns: 128, clusters: 100 },
  'small-784-10-u8': { rows: 5000, columns: 784, clusters: 10, bytes: true },
};

/** The WebGPU engine's ways to compute an iteration, beside each other. */
export const kmeansVariants: BenchCase = {
  name: 'kmeans-variants',
  summary: 'one Lloyd iteration on WebGPU: the variant that the shape takes, and the others',
  onlyWhenNamed: true,
  workloads: (quick) =>
    Object.entries(SHAPES).map(([name, shape]) =>
      variantsWorkload(name, quick ? { ...shape, rows: 300, clusters: Math.min(shape.clusters, 70) } : shape),
    ),
};

function variantsWorkload(name: string, { bytes = false, ...shape }: VariantShape): Workload {
  const iterations = 5;
  return {
    name,
    parameters: {
      ...shape,
      dtype: bytes ? 'uint8' : 'float32',
      data: bytes ? 'N(0, I), -3 to 3 as bytes 0 to 255' : 'N(0, I)',
      seed: SEED,
      start: 'K random rows',
      iterations,
      tolerance: 0,
    },
    quality: {
      name: 'inertia',
      tolerance: 1e-4,
      note: 'as the device sums it: a judge in float64 would take minutes',
    },
    work: { ...lloydWork(shape, 1), ...(bytes && { bytes: shape.rows * shape.columns }) },
    timed: 'iteration',
    repetitions: 5,
    async prepare(context) {
      const { engine, signal } = context;
      const webgpu = requireWebGpu(engine);
      const values = await noise(shape.rows, shape.columns, SEED, signal);
      const points = bytes ? asBytes(values) : values;
      const start = startingRows(points, shape.clusters, SEED);
      const options = { clusters: shape.clusters, signal };
      const byDefault = await webgpu.createKMeans(points, options);
      byDefault.destroy();
      const sessions = await openVariants(webgpu, points, options);
      const [chosen, ...others] = sessions.toSorted(
        (a, b) => Number(b.variant === byDefault.variant) - Number(a.variant === byDefault.variant),
      );
      const contender = (session: typeof chosen): Contender => ({
        name: session === chosen ? `shoal (${session.variant})` : session.variant,
        role: 'ours',
        dtype: bytes ? 'uint8' : 'float32',
        async run() {
          await session.writeCentroids(Float32Array.from(start.data));
          const startedAt = performance.now();
          const steps = await session.step(iterations, 0);
          const seconds = (performance.now() - startedAt) / 1000;
          const inertia = steps.at(-1)?.inertia ?? NaN;
          return { seconds: seconds / steps.length, iterations: steps.length, quality: async () => inertia };
        },
      });
      const torch = await torchLloyd(bytes ? asFloats(points) : points, start, iterations, context);
      return {
        contenders: [...[chosen, ...others].map(contender), ...torch.contenders],
        notes: [...(await kernelNotes(webgpu, chosen, start)), ...torch.notes],
        release() {
          for (const session of sessions) session.destroy();
        },
      };
    },
  };
}

/** What each kernel of the second iteration takes by the device's own clock, where it has one. */
async function kernelNotes(
  engine: WebGpuEngine,
  session: RecoverableKMeansSession,
  start: Matrix,
): Promise<string[]> {
  if (!engine.device.features.has('timestamp-query')) return [];
  await session.writeCentroids(Float32Array.from(start.data));
  await session.step(1, 0);
  const { kernels } = await engine.profile(() => session.step(1, 0));
  const times = kernels.map(({ kernel, milliseconds }) => `${kernel} ${milliseconds.toPrecision(3)} ms`);
  return [`an iteration on the device's clock: ${times.join(', ')}`];
}

/** The same iterations in plain PyTorch, where it is here; narrow types are only worth measuring on a GPU. */
async function torchLloyd(
  points: Matrix,
  start: Matrix,
  iterations: number,
  { python, files }: BenchContext,
): Promise<{ readonly contenders: Contender[]; readonly notes: string[] }> {
  if (python?.has('torch') !== true) return { contenders: [], notes: [] };
  const gpu = await python.torchGpu();
  const precisions = gpu === null ? (['float32'] as const) : (['float32', 'tf32', 'float16'] as const);
  const contenders = precisions.map((precision): Contender => ({
    name: `torch ${precision}`,
    role: 'peer',
    dtype: precision,
    tolerance: precision === 'float32' ? undefined : NARROW_TOLERANCE,
    async run() {
      const request = { points: await files.matrix(points), centroids: await files.matrix(start) };
      const { seconds, score } = await python.score('torch_lloyd', { ...request, iterations, precision });
      return { seconds, iterations, quality: async () => score };
    },
  }));
  return { contenders, notes: [`torch computes on ${gpu ?? 'the CPU'}`] };
}

/** @throws {UnsupportedError} for another engine */
function requireWebGpu(engine: Engine): WebGpuEngine {
  if (engine instanceof WebGpuEngine) return engine;
  throw new UnsupportedError(`Variants are those of the webgpu engine; this one is ${engine.name}.`);
}

/** Values from -3 to 3 on bytes 0 to 255. */
function asBytes({ data, rows, columns }: Matrix): Matrix {
  const bytes = Uint8Array.from(data, (value) => Math.max(0, Math.min(255, Math.round(42.5 * (value + 3)))));
  return matrix(bytes, rows, columns, 1 / 255);
}

/** The values that bytes stand for, for peers that take no bytes. */
function asFloats({ data, rows, columns, scale }: Matrix): Matrix {
  return matrix(
    Float32Array.from(data, (byte) => byte * scale),
    rows,
    columns,
  );
}
