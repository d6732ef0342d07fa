import { sumRowsGrid, sumRowsKernel, sumRowsParams } from '../../kernels/common/sum-rows.ts';
import { pointTiles, tileGroups } from '../../kernels/common/tile-distances.ts';
import { gatherRowsGrid, gatherRowsKernel, gatherRowsParams } from '../../kernels/rows/gather-rows.ts';
import { addSeedsGrid, addSeedsKernel, addSeedsParams } from '../../kernels/seeding/add-seeds.ts';
import { chooseSeedKernel, chooseSeedParams } from '../../kernels/seeding/choose-seed.ts';
import { sampleRowsKernel, sampleRowsParams } from '../../kernels/seeding/sample-rows.ts';
import {
  seedPotentialsGrid,
  seedPotentialsKernel,
  seedPotentialsParams,
} from '../../kernels/seeding/seed-potentials.ts';
import { sumMassGrid, sumMassKernel, sumMassParams } from '../../kernels/seeding/sum-mass.ts';
import { pointConstants } from '../../points/access.ts';
import type { BufferSlice } from '../../runtime/buffers.ts';
import { Commands, type Dispatch } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import { TemporaryBuffers } from '../../points/temporary-buffers.ts';
import type { KMeansResources } from './resources.ts';

/** Buffers that stay on the device between calls. */
export interface SeedingBuffers {
  /** Squared distance of each point to the nearest seed. */
  readonly seedDistances: GPUBuffer;
  /** The number of that seed, in the order in which seeds were added. */
  readonly nearestSeeds: GPUBuffer;
  /** Sampling mass of each block of rows. */
  readonly blocks: GPUBuffer;
}

/** Seeds that are drawn before their rows are read back. */
const MAX_SEEDS = 1024;

/** Parts of a buffer that are bound separately start at multiples of this. */
const SLOT_BYTES = 256;

/**
 * Draws seeds on the device, with a readback only after every `MAX_SEEDS` seeds.
 *
 * @param before number of existing seeds, at least 1
 * @param uniforms `trials` for each seed
 * @returns the rows of the new seeds
 */
export async function drawSeeds(
  resources: KMeansResources,
  buffers: SeedingBuffers,
  before: number,
  uniforms: Float64Array,
  trials: number,
): Promise<Uint32Array> {
  const rows = new Uint32Array(uniforms.length / trials);
  for (let start = 0; start < rows.length; start += MAX_SEEDS) {
    const end = Math.min(rows.length, start + MAX_SEEDS);
    const part = uniforms.subarray(start * trials, end * trials);
    rows.set(await drawBatch(resources, buffers, before + start, part, trials), start);
  }
  return rows;
}

async function drawBatch(
  resources: KMeansResources,
  seeding: SeedingBuffers,
  before: number,
  uniforms: Float64Array,
  trials: number,
): Promise<Uint32Array> {
  const { context, scope, signal } = resources;
  const count = uniforms.length / trials;
  const pipelines = await compile(resources, trials);
  const temporary = new TemporaryBuffers(scope);
  try {
    const { seeds, steps } = await context.guard('preparing to draw seeds', () =>
      bindSteps(resources, seeding, pipelines, temporary, { before, uniforms, trials }),
    );
    const commands = new Commands(context, 'drawing seeds', signal);
    await commands.dispatchAll(...steps);
    const bytes = await commands.read(scope, { buffer: seeds, offset: 4, size: 4 * count });
    return new Uint32Array(bytes);
  } finally {
    temporary.release();
  }
}

async function compile({ context, points, weighted }: KMeansResources, trials: number) {
  const { pipelines } = context;
  const { format } = points;
  const constants = pointConstants(points);
  const [sumMass, sampleRows, gatherRows, seedPotentials, sumRows, chooseSeed, addSeeds] = await Promise.all([
    pipelines.get(sumMassKernel, { weighted }),
    pipelines.get(sampleRowsKernel, { weighted }),
    pipelines.get(gatherRowsKernel(format), constants),
    pipelines.get(seedPotentialsKernel(format), { weighted, tile_groups: tileGroups(trials), ...constants }),
    pipelines.get(sumRowsKernel),
    pipelines.get(chooseSeedKernel),
    pipelines.get(addSeedsKernel(format), { tile_groups: tileGroups(1), ...constants }),
  ]);
  return { sumMass, sampleRows, gatherRows, seedPotentials, sumRows, chooseSeed, addSeeds };
}

interface Draws {
  readonly before: number;
  readonly uniforms: Float64Array;
  readonly trials: number;
}

/** Buffers that all seeds of a batch share. */
interface Shared {
  readonly resources: KMeansResources;
  readonly seeding: SeedingBuffers;
  readonly pipelines: Awaited<ReturnType<typeof compile>>;
  readonly temporary: TemporaryBuffers;
  /** Rows that were drawn as candidates of a seed; one of them is chosen. */
  readonly drawn: GPUBuffer;
  /** The values of the seed that was chosen last (D values), and the rows of all chosen seeds. */
  readonly seed: GPUBuffer;
  readonly seeds: GPUBuffer;
}

/** The dispatches of each seed: all share buffers, and differ in their uniforms and in the seed's number. */
function bindSteps(
  resources: KMeansResources,
  seeding: SeedingBuffers,
  pipelines: Awaited<ReturnType<typeof compile>>,
  temporary: TemporaryBuffers,
  { before, uniforms, trials }: Draws,
): { readonly seeds: GPUBuffer; readonly steps: readonly (readonly Dispatch[])[] } {
  const count = uniforms.length / trials;
  const shared: Shared = {
    resources,
    seeding,
    pipelines,
    temporary,
    drawn: temporary.storage('drawn rows', 4 * trials),
    seed: temporary.storage('seed', 4 * resources.points.columns),
    seeds: temporary.storage('seeds', 4 * (count + 1)),
  };
  const draw = bindDrawing(shared, uniforms, trials);
  const choose = bindChoice(shared, trials);
  const add = bindAddition(shared, before, count);
  const steps = Array.from({ length: count }, (_, s) => [...draw(s), ...choose, ...add(s)]);
  return { seeds: shared.seeds, steps };
}

/** Draws the candidates of seed number s. */
function bindDrawing(
  { resources, seeding, pipelines, temporary, drawn }: Shared,
  uniforms: Float64Array,
  trials: number,
): (seed: number) => readonly Dispatch[] {
  const { context, points, weights } = resources;
  const { seedDistances, blocks } = seeding;
  const mass: Dispatch = {
    bound: bindKernel(context.device, pipelines.sumMass, {
      weights,
      seedDistances,
      blocks,
      params: temporary.uniform('sum-mass', sumMassParams(points.rows, true)),
    }),
    grid: sumMassGrid(points.rows),
    cost: 0,
  };
  const params = temporary.uniform('sample-rows', sampleRowsParams(points.rows, true, trials));
  const ofUniforms = uniformSlots(temporary, uniforms, trials);
  return (seed) => {
    const bindings = { weights, seedDistances, blocks, uniforms: ofUniforms(seed), drawn, params };
    return [
      mass,
      { bound: bindKernel(context.device, pipelines.sampleRows, bindings), grid: [1, 1], cost: 0 },
    ];
  };
}

/** Chooses among the candidates. */
function bindChoice(
  { resources, seeding, pipelines, temporary, drawn, seed, seeds }: Shared,
  trials: number,
): readonly Dispatch[] {
  const { context, points, weights } = resources;
  const { seedDistances } = seeding;
  const { device } = context;
  const { rows, columns, chunks } = points;
  const groups = pointTiles(rows);
  const candidates = temporary.storage('candidates', 4 * trials * columns);
  const partials = temporary.storage('partial potentials', 4 * trials * groups);
  const potentials = temporary.storage('potentials', 4 * trials);
  return [
    ...chunks.map((chunk) => ({
      bound: bindKernel(device, pipelines.gatherRows, {
        points: chunk.slice,
        rows: drawn,
        output: candidates,
        params: temporary.uniform('gather-rows', gatherRowsParams(chunk, columns, trials)),
      }),
      grid: gatherRowsGrid(columns, trials),
      cost: 0,
    })),
    ...chunks.map((chunk) => ({
      bound: bindKernel(device, pipelines.seedPotentials, {
        points: chunk.slice,
        targets: candidates,
        weights,
        seedDistances,
        partials,
        params: temporary.uniform(
          'seed-potentials',
          seedPotentialsParams(chunk, columns, trials, rows, true),
        ),
      }),
      grid: seedPotentialsGrid(chunk.rows),
      cost: chunk.rows * columns * trials,
    })),
    {
      bound: bindKernel(device, pipelines.sumRows, {
        partials,
        totals: potentials,
        params: temporary.uniform('sum-rows', sumRowsParams(trials, groups)),
      }),
      grid: sumRowsGrid(trials),
      cost: 0,
    },
    {
      bound: bindKernel(device, pipelines.chooseSeed, {
        potentials,
        drawn,
        candidates,
        seeds,
        seed,
        params: temporary.uniform('choose-seed', chooseSeedParams(trials, columns)),
      }),
      grid: [1, 1],
      cost: 0,
    },
  ];
}

/** Adds the chosen candidate as seed number s. */
function bindAddition(
  { resources, seeding, pipelines, temporary, seed }: Shared,
  before: number,
  count: number,
): (seed: number) => readonly Dispatch[] {
  const { context, points } = resources;
  const { seedDistances, nearestSeeds } = seeding;
  const { columns, chunks } = points;
  const numbers = chunks.map((chunk) =>
    paramSlots(temporary, count, (s) => addSeedsParams(chunk, columns, 0, 1, before + s)),
  );
  return (s) =>
    chunks.map((chunk, c) => ({
      bound: bindKernel(context.device, pipelines.addSeeds, {
        points: chunk.slice,
        targets: seed,
        seedDistances,
        nearestSeeds,
        params: numbers[c](s),
      }),
      grid: addSeedsGrid(chunk.rows),
      cost: chunk.rows * columns,
    }));
}

/** Each seed's uniforms, in one buffer. */
function uniformSlots(
  temporary: TemporaryBuffers,
  uniforms: Float64Array,
  trials: number,
): (seed: number) => BufferSlice {
  const stride = Math.ceil((4 * trials) / SLOT_BYTES) * SLOT_BYTES;
  const values = new Float32Array(((uniforms.length / trials) * stride) / 4);
  for (let i = 0; i < uniforms.length; i++) {
    values[(Math.floor(i / trials) * stride) / 4 + (i % trials)] = uniforms[i];
  }
  const buffer = temporary.upload('uniforms', values);
  return (seed) => ({ buffer, offset: seed * stride, size: 4 * trials });
}

/** Each seed's parameters, in one buffer. */
function paramSlots(
  temporary: TemporaryBuffers,
  count: number,
  pack: (seed: number) => ArrayBuffer,
): (seed: number) => BufferSlice {
  const size = pack(0).byteLength;
  const packed = new Uint8Array(count * SLOT_BYTES);
  for (let s = 0; s < count; s++) packed.set(new Uint8Array(pack(s)), s * SLOT_BYTES);
  const buffer = temporary.uniform('add-seeds', packed.buffer);
  return (seed) => ({ buffer, offset: seed * SLOT_BYTES, size });
}
