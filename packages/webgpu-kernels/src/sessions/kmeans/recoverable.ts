import type {
  ColumnMoments,
  DeviceLabels,
  KMeansIteration,
  KMeansSession,
  KMeansSessionOptions,
  Points,
} from '@shoal/core';
import { Destroyable } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { WebGpuKMeansSession } from './session.ts';
import type { KMeansVariant, VariantChoice } from './resources.ts';
import { Recoverable } from '../../recovery/recoverable.ts';

/**
 * k-means on the engine's device, whichever that is. Rows of seeds and centroids are kept on the host as they are read
 * back; labels are not read back, so the last batch of iterations runs again to have them.
 */
export class RecoverableKMeansSession extends Destroyable implements KMeansSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly #recoverable: Recoverable<WebGpuKMeansSession>;
  readonly #state: KMeansState;

  private constructor(recoverable: Recoverable<WebGpuKMeansSession>, state: KMeansState) {
    super();
    ({ rows: this.rows, columns: this.columns, clusters: this.clusters } = recoverable.session);
    this.#recoverable = recoverable;
    this.#state = state;
  }

  /** Throws as `WebGpuKMeansSession.create` does. */
  static async open(
    device: EngineDevice,
    points: Points,
    options: KMeansSessionOptions,
    choice: VariantChoice = {},
  ): Promise<RecoverableKMeansSession> {
    const state = new KMeansState();
    const recoverable = await Recoverable.open(device, {
      what: 'k-means',
      points,
      signal: options.signal,
      open: (context) => WebGpuKMeansSession.create(context, points, options, choice),
      restore: (session) => state.restore(session),
    });
    return new RecoverableKMeansSession(recoverable, state);
  }

  /** How iterations are computed. */
  get variant(): KMeansVariant {
    return this.#recoverable.session.variant;
  }

  columnMoments(): Promise<ColumnMoments> {
    return this.#recoverable.run((session) => session.columnMoments());
  }

  readRows(rows: Uint32Array): Promise<Float32Array> {
    return this.#recoverable.run((session) => session.readRows(rows));
  }

  resetSeeds(): Promise<void> {
    return this.#recoverable.run(async (session) => {
      await session.resetSeeds();
      this.#state.seeds = [];
    });
  }

  seedPotentials(candidates: Uint32Array): Promise<Float64Array> {
    return this.#recoverable.run((session) => session.seedPotentials(candidates));
  }

  addSeeds(rows: Uint32Array): Promise<void> {
    return this.#recoverable.run(async (session) => {
      await session.addSeeds(rows);
      this.#state.seeds.push(rows.slice());
    });
  }

  seedWeights(): Promise<Float64Array> {
    return this.#recoverable.run((session) => session.seedWeights());
  }

  sampleRows(uniforms: Float64Array): Promise<Uint32Array> {
    return this.#recoverable.run((session) => session.sampleRows(uniforms));
  }

  drawSeeds(uniforms: Float64Array, trials: number): Promise<Uint32Array> {
    return this.#recoverable.run(async (session) => {
      const rows = await session.drawSeeds(uniforms, trials);
      this.#state.seeds.push(rows.slice());
      return rows;
    });
  }

  writeCentroids(centroids: Float32Array | Float64Array): Promise<void> {
    return this.#recoverable.run(async (session) => {
      await session.writeCentroids(centroids);
      this.#state.wrote(Float32Array.from(centroids));
    });
  }

  readCentroids(): Promise<Float32Array> {
    return this.#recoverable.run((session) => session.readCentroids());
  }

  step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    return this.#recoverable.run(async (session) => {
      const iterations = await session.step(count, tolerance);
      const ran = iterations.length;
      if (ran > 0) await this.#state.ran(session, (again) => again.step(ran, tolerance));
      return iterations;
    });
  }

  assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    return this.#recoverable.run(async (session) => {
      const assignment = await session.assign();
      await this.#state.ran(session, (again) => again.assign());
      return assignment;
    });
  }

  readLabels(): Promise<Uint32Array> {
    return this.#recoverable.run((session) => session.readLabels());
  }

  labelsOnDevice(): Promise<DeviceLabels> {
    return this.#recoverable.run((session) => session.labelsOnDevice());
  }

  readDistances(): Promise<Float32Array> {
    return this.#recoverable.run((session) => session.readDistances());
  }

  readSums(): ReturnType<KMeansSession['readSums']> {
    return this.#recoverable.run((session) => session.readSums());
  }

  distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    return this.#recoverable.run((session) => session.distancesToCentroids(start, count));
  }

  destroy(): void {
    this.#recoverable.destroy();
  }
}

/** What a session is restored from. */
class KMeansState {
  /** Rows of seeds, by the call that added them. */
  seeds: Uint32Array[] = [];
  /** The centroids as they are; undefined before any were written. */
  #centroids: Float32Array | undefined;
  /** What the centroids were before `#rerun`. */
  #before: Float32Array | undefined;
  /** What has labelled the points last. */
  #rerun: ((session: KMeansSession) => Promise<unknown>) | undefined;

  wrote(centroids: Float32Array): void {
    this.#before = this.#centroids = centroids;
    this.#rerun = undefined;
  }

  /** @param rerun does again what the session has just done */
  async ran(session: KMeansSession, rerun: (session: KMeansSession) => Promise<unknown>): Promise<void> {
    const centroids = Float32Array.from(await session.readCentroids());
    this.#before = this.#centroids;
    this.#centroids = centroids;
    this.#rerun = rerun;
  }

  async restore(session: KMeansSession): Promise<void> {
    for (const rows of this.seeds) await session.addSeeds(rows);
    if (this.#before) await session.writeCentroids(this.#before);
    await this.#rerun?.(session);
  }
}
