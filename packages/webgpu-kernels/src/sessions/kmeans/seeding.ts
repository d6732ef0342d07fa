import { assertTrials, drawSeedsOneByOne } from '@shoal/core/engine-kit';
import { sumBlocksGrid, sumBlocksKernel, sumBlocksParams } from '../../kernels/common/sum-blocks.ts';
import { sumRowsGrid, sumRowsKernel, sumRowsParams } from '../../kernels/common/sum-rows.ts';
import { pointTiles, tileGroups } from '../../kernels/common/tile-distances.ts';
import { addSeedsGrid, addSeedsKernel, addSeedsParams } from '../../kernels/seeding/add-seeds.ts';
import { MASS_BLOCK } from '../../kernels/seeding/mass.ts';
import { sampleRowsKernel, sampleRowsParams } from '../../kernels/seeding/sample-rows.ts';
import {
  seedPotentialsGrid,
  seedPotentialsKernel,
  seedPotentialsParams,
} from '../../kernels/seeding/seed-potentials.ts';
import {
  seedWeightsBlocks,
  seedWeightsGrid,
  seedWeightsKernel,
  seedWeightsParams,
} from '../../kernels/seeding/seed-weights.ts';
import { sumMassGrid, sumMassKernel, sumMassParams } from '../../kernels/seeding/sum-mass.ts';
import { pointConstants } from '../../points/access.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import { targetsPerDispatch, type KMeansResources } from './resources.ts';
import { drawSeeds, type SeedingBuffers } from './seed-drawing.ts';
import { gatherOnDevice } from '../../points/row-reader.ts';
import { TemporaryBuffers } from '../../points/temporary-buffers.ts';

/** Bytes of seeds that are gathered at a time. */
const BATCH_BYTES = 64 * 2 ** 20;

/** Seeding on the device, where the nearest seed of each point and its distance stay. */
export class Seeding {
  readonly #resources: KMeansResources;
  readonly #buffers: SeedingBuffers;
  /** Number of seeds; while it is 0, the contents of the buffers are undefined. */
  #seeds = 0;

  private constructor(resources: KMeansResources, buffers: SeedingBuffers) {
    this.#resources = resources;
    this.#buffers = buffers;
  }

  /** @throws {DeviceError} when the device runs out of memory */
  static async create(resources: KMeansResources): Promise<Seeding> {
    const { context, scope, points } = resources;
    const buffers = await context.guard('allocating seeding buffers', () => ({
      seedDistances: scope.storage('seed distances', 4 * points.rows),
      nearestSeeds: scope.storage('nearest seeds', 4 * points.rows),
      blocks: scope.storage('sampling masses', 4 * Math.ceil(points.rows / MASS_BLOCK)),
    }));
    return new Seeding(resources, buffers);
  }

  /** See `KMeansSession.resetSeeds`. */
  reset(): void {
    this.#seeds = 0;
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
              seedDistances: this.#buffers.seedDistances,
              partials,
              params: temporary.uniform(
                'seed-potentials',
                seedPotentialsParams(chunk, columns, count, rows, this.#seeds > 0),
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

  /** See `KMeansSession.addSeeds`. */
  async add(rows: Uint32Array): Promise<void> {
    const batch = Math.max(1, Math.floor(BATCH_BYTES / (4 * this.#resources.points.columns)));
    for (let start = 0; start < rows.length; start += batch) {
      await this.#addBatch(rows.subarray(start, start + batch));
    }
  }

  /** See `KMeansSession.seedWeights`. */
  async weights(): Promise<Float64Array> {
    const seeds = this.#seeds;
    if (seeds === 0) return new Float64Array(0);
    const { context, scope, points, weights, weighted } = this.#resources;
    const { rows } = points;
    const blocks = seedWeightsBlocks(rows, seeds);
    const seedWeights = await context.pipelines.get(seedWeightsKernel, { weighted });
    const sumBlocks = await context.pipelines.get(sumBlocksKernel);
    const commands = this.#commands('weighing seeds');
    const temporary = new TemporaryBuffers(scope);
    try {
      const bound = await context.guard('preparing to weigh seeds', () => {
        const partials = temporary.storage('partial seed weights', 4 * blocks * seeds);
        const totals = temporary.storage('seed weights', 4 * seeds);
        return {
          totals,
          seedWeights: bindKernel(context.device, seedWeights, {
            nearestSeeds: this.#buffers.nearestSeeds,
            weights,
            partials,
            params: temporary.uniform('seed-weights', seedWeightsParams(rows, seeds, blocks)),
          }),
          sumBlocks: bindKernel(context.device, sumBlocks, {
            partials,
            totals,
            params: temporary.uniform('sum-blocks', sumBlocksParams(seeds, blocks)),
          }),
        };
      });
      await commands.dispatch(bound.seedWeights, seedWeightsGrid(seeds, blocks), rows);
      await commands.dispatch(bound.sumBlocks, sumBlocksGrid(seeds), seeds * blocks);
      const bytes = await commands.read(scope, { buffer: bound.totals, offset: 0, size: 4 * seeds });
      return Float64Array.from(new Float32Array(bytes));
    } finally {
      temporary.release();
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
        const shared = { weights, seedDistances: this.#buffers.seedDistances, blocks: this.#buffers.blocks };
        const drawn = temporary.storage('drawn rows', 4 * uniforms.length);
        return {
          drawn,
          sumMass: bindKernel(context.device, sumMass, {
            ...shared,
            params: temporary.uniform('sum-mass', sumMassParams(rows, this.#seeds > 0)),
          }),
          sampleRows: bindKernel(context.device, sampleRows, {
            ...shared,
            uniforms: temporary.upload('uniforms', Float32Array.from(uniforms)),
            drawn,
            params: temporary.uniform(
              'sample-rows',
              sampleRowsParams(rows, this.#seeds > 0, uniforms.length),
            ),
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

  /** See `KMeansSession.drawSeeds`. */
  async draw(uniforms: Float64Array, trials: number): Promise<Uint32Array> {
    assertTrials(uniforms, trials);
    if (uniforms.length === 0) return new Uint32Array(0);
    // Only the first seed is drawn by weight alone, which needs other parameters.
    const first = this.#seeds > 0 ? [] : await this.#drawOne(uniforms.subarray(0, trials));
    const rest = uniforms.subarray(first.length * trials);
    const others = await drawSeeds(this.#resources, this.#buffers, this.#seeds, rest, trials);
    this.#seeds += others.length;
    return Uint32Array.from([...first, ...others]);
  }

  async #drawOne(uniforms: Float64Array): Promise<Uint32Array> {
    const calls = {
      sampleRows: (values: Float64Array) => this.sample(values),
      seedPotentials: (candidates: Uint32Array) => this.potentials(candidates),
      addSeeds: (rows: Uint32Array) => this.add(rows),
    };
    return drawSeedsOneByOne(calls, uniforms, uniforms.length);
  }

  /** Adds seeds whose rows fit one buffer, in dispatches that cost no more than an assignment. */
  async #addBatch(rows: Uint32Array): Promise<void> {
    const { context, scope, points, clusters } = this.#resources;
    const { columns, chunks, format } = points;
    const perDispatch = Math.min(rows.length, targetsPerDispatch(clusters));
    const constants = { tile_groups: tileGroups(perDispatch), ...pointConstants(points) };
    const addSeeds = await context.pipelines.get(addSeedsKernel(format), constants);
    const commands = this.#commands('adding seeds');
    const gathered = await gatherOnDevice(this.#resources, commands, rows);
    const temporary = new TemporaryBuffers(scope);
    try {
      for (let first = 0; first < rows.length; first += perDispatch) {
        const end = Math.min(rows.length, first + perDispatch);
        const bound = await context.guard('preparing seeds', () =>
          chunks.map((chunk) =>
            bindKernel(context.device, addSeeds, {
              points: chunk.slice,
              targets: gathered.buffer,
              seedDistances: this.#buffers.seedDistances,
              nearestSeeds: this.#buffers.nearestSeeds,
              params: temporary.uniform('add-seeds', addSeedsParams(chunk, columns, first, end, this.#seeds)),
            }),
          ),
        );
        for (const [i, each] of bound.entries()) {
          const chunkRows = chunks[i].rows;
          await commands.dispatch(each, addSeedsGrid(chunkRows), chunkRows * columns * (end - first));
        }
      }
      await commands.finish();
      this.#seeds += rows.length;
    } finally {
      temporary.release();
      gathered.release();
    }
  }

  #commands(doing: string): Commands {
    return new Commands(this.#resources.context, doing, this.#resources.signal);
  }
}
