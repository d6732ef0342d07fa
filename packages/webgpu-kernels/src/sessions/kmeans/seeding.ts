import { sumRowsGrid, sumRowsKernel, sumRowsParams } from '../../kernels/common/sum-rows.ts';
import { pointTiles, tileGroups } from '../../kernels/common/tile-distances.ts';
import { addSeedGrid, addSeedKernel, addSeedParams } from '../../kernels/seeding/add-seed.ts';
import { MASS_BLOCK } from '../../kernels/seeding/mass.ts';
import { sampleRowsKernel, sampleRowsParams } from '../../kernels/seeding/sample-rows.ts';
import {
  seedPotentialsGrid,
  seedPotentialsKernel,
  seedPotentialsParams,
} from '../../kernels/seeding/seed-potentials.ts';
import { sumMassGrid, sumMassKernel, sumMassParams } from '../../kernels/seeding/sum-mass.ts';
import { pointConstants } from '../../points/access.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import type { KMeansResources } from './resources.ts';
import { gatherOnDevice } from './row-reader.ts';
import { TemporaryBuffers } from './temporary-buffers.ts';

/** Seeding primitives on the device: distances to the nearest seed stay there, one float per point. */
export class Seeding {
  readonly #resources: KMeansResources;
  readonly #seedDistances: GPUBuffer;
  readonly #blocks: GPUBuffer;
  /** Whether there is any seed; until then the distances mean nothing. */
  #seeded = false;

  private constructor(resources: KMeansResources, seedDistances: GPUBuffer, blocks: GPUBuffer) {
    this.#resources = resources;
    this.#seedDistances = seedDistances;
    this.#blocks = blocks;
  }

  /** @throws {DeviceError} when the device runs out of memory */
  static async create(resources: KMeansResources): Promise<Seeding> {
    const { context, scope, points } = resources;
    return context.guard('allocating seeding buffers', () => {
      const seedDistances = scope.storage('seed distances', 4 * points.rows);
      const blocks = scope.storage('sampling masses', 4 * Math.ceil(points.rows / MASS_BLOCK));
      return new Seeding(resources, seedDistances, blocks);
    });
  }

  /** See `KMeansSession.resetSeeds`. */
  reset(): void {
    this.#seeded = false;
  }

  /** See `KMeansSession.seedPotentials`. */
  async potentials(candidates: Uint32Array): Promise<Float64Array> {
    if (candidates.length === 0) return new Float64Array(0);
    const { context, scope, points, weights, weighted } = this.#resources;
    const { columns, rows, chunks, format } = points;
    const count = candidates.length;
    const groups = pointTiles(rows);
    const constants = { weighted, tile_groups: tileGroups(count), ...pointConstants(points) };
    const potentials = await context.pipelines.get(seedPotentialsKernel(format), constants);
    const sumRows = await context.pipelines.get(sumRowsKernel);
    const commands = this.#commands('evaluating candidate seeds');
    const gathered = await gatherOnDevice(this.#resources, commands, candidates);
    const temporary = new TemporaryBuffers(scope);
    try {
      const bound = await context.guard('preparing candidate seeds', () => {
        const partials = temporary.storage('partial potentials', 4 * count * groups);
        const totals = temporary.storage('potentials', 4 * count);
        return {
          totals,
          chunks: chunks.map((chunk) =>
            bindKernel(context.device, potentials, {
              points: chunk.slice,
              targets: gathered.buffer,
              weights,
              seedDistances: this.#seedDistances,
              partials,
              params: temporary.uniform(
                'seed-potentials',
                seedPotentialsParams(chunk, columns, count, rows, this.#seeded),
              ),
            }),
          ),
          sum: bindKernel(context.device, sumRows, {
            partials,
            totals,
            params: temporary.uniform('sum-rows', sumRowsParams(count, groups)),
          }),
        };
      });
      for (const [i, each] of bound.chunks.entries()) {
        const chunkRows = chunks[i].rows;
        await commands.dispatch(each, seedPotentialsGrid(chunkRows), chunkRows * columns * count);
      }
      await commands.dispatch(bound.sum, sumRowsGrid(count));
      const bytes = await commands.read(scope, { buffer: bound.totals, offset: 0, size: 4 * count });
      return Float64Array.from(new Float32Array(bytes));
    } finally {
      temporary.release();
      gathered.release();
    }
  }

  /** See `KMeansSession.addSeed`. */
  async add(row: number): Promise<void> {
    const { context, scope, points } = this.#resources;
    const { columns, chunks, format } = points;
    const constants = { tile_groups: 1, ...pointConstants(points) };
    const addSeed = await context.pipelines.get(addSeedKernel(format), constants);
    const commands = this.#commands('adding a seed');
    const gathered = await gatherOnDevice(this.#resources, commands, Uint32Array.of(row));
    const temporary = new TemporaryBuffers(scope);
    try {
      const bound = await context.guard('preparing a seed', () =>
        chunks.map((chunk) =>
          bindKernel(context.device, addSeed, {
            points: chunk.slice,
            targets: gathered.buffer,
            seedDistances: this.#seedDistances,
            params: temporary.uniform('add-seed', addSeedParams(chunk, columns, this.#seeded)),
          }),
        ),
      );
      for (const [i, each] of bound.entries()) {
        const chunkRows = chunks[i].rows;
        await commands.dispatch(each, addSeedGrid(chunkRows), chunkRows * columns);
      }
      await commands.finish();
      this.#seeded = true;
    } finally {
      temporary.release();
      gathered.release();
    }
  }

  /** See `KMeansSession.sampleRows`. */
  async sample(uniforms: Float64Array): Promise<Uint32Array> {
    if (uniforms.length === 0) return new Uint32Array(0);
    const { context, scope, points, weights, weighted } = this.#resources;
    const { rows } = points;
    const sumMass = await context.pipelines.get(sumMassKernel, { weighted });
    const sampleRows = await context.pipelines.get(sampleRowsKernel, { weighted });
    const commands = this.#commands('drawing rows');
    const temporary = new TemporaryBuffers(scope);
    try {
      const bound = await context.guard('preparing to draw rows', () => {
        const shared = { weights, seedDistances: this.#seedDistances, blocks: this.#blocks };
        const drawn = temporary.storage('drawn rows', 4 * uniforms.length);
        return {
          drawn,
          sumMass: bindKernel(context.device, sumMass, {
            ...shared,
            params: temporary.uniform('sum-mass', sumMassParams(rows, this.#seeded)),
          }),
          sampleRows: bindKernel(context.device, sampleRows, {
            ...shared,
            uniforms: temporary.upload('uniforms', Float32Array.from(uniforms)),
            drawn,
            params: temporary.uniform('sample-rows', sampleRowsParams(rows, this.#seeded, uniforms.length)),
          }),
        };
      });
      await commands.dispatch(bound.sumMass, sumMassGrid(rows));
      await commands.dispatch(bound.sampleRows, [1, 1]);
      const size = 4 * uniforms.length;
      return new Uint32Array(await commands.read(scope, { buffer: bound.drawn, offset: 0, size }));
    } finally {
      temporary.release();
    }
  }

  #commands(doing: string): Commands {
    return new Commands(this.#resources.context, doing, this.#resources.signal);
  }
}
