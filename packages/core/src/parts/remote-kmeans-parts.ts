import { Destroyable } from '../destroyable.ts';
import type { SeedPass } from '../engine/arithmetic/seeding.ts';
import type { KMeansPartOptions, KMeansPartSession, PartTotals } from '../engine/kmeans/part-session.ts';
import { floatsOf, numbersOf, totalsOf } from './part-answers.ts';
import type {
  DrawnRows,
  KMeansParts,
  PartDraw,
  PartsAssignment,
  RowValues,
  SeedRows,
} from './kmeans-parts.ts';
import {
  centroidsName,
  drawName,
  seedsName,
  SETUP_ARRAYS,
  type PartAnswer,
  type PartHost,
  type PartQuestion,
  type PartSetup,
} from './part-host.ts';
import { rangeWithin } from './range-within.ts';

/** What stays in this process when parts are held elsewhere. */
export interface RemotePartsOptions extends Pick<
  KMeansPartOptions,
  'clusters' | 'unitCentroids' | 'precision' | 'center' | 'whole' | 'signal'
> {
  readonly host: PartHost;
  /** The rows of each part. */
  readonly partRows: readonly number[];
  readonly scalesToUnit: boolean;
  readonly origin: Float64Array | undefined;
  /** A session of one row, which concludes the sums of all parts; destroyed with them. */
  readonly arithmetic: KMeansPartSession;
  readonly readRows: (rows: Uint32Array) => Promise<RowValues>;
}

/** Parts that a `PartHost` holds. This side keeps the seeds and centroids from which any part can be brought up to date. */
export class RemoteKMeansParts extends Destroyable implements KMeansParts {
  readonly arithmetic: KMeansPartSession;
  readonly #options: RemotePartsOptions;
  readonly #setup: PartSetup;
  readonly #places: readonly { readonly start: number; readonly rows: number }[];
  /** Names of the arrays that are shared. */
  readonly #shared = new Set<string>();
  #moments: PartTotals = new BigInt64Array();
  #seeds = { epoch: 0, count: 0 };
  /** The last block of seeds: its first number, and how many values it has. */
  #lastBlock: readonly [first: number, values: number] | undefined;
  #assignment = 0;
  /** Questions that need arrays of their own so far. */
  #asked = 0;

  /** Has all parts opened, and finds their moments. */
  static async open(options: RemotePartsOptions): Promise<RemoteKMeansParts> {
    const parts = new RemoteKMeansParts(options);
    try {
      const { center, whole, origin } = options;
      const arrays = [center, whole.least, whole.greatest, origin];
      for (const [i, name] of SETUP_ARRAYS.entries()) {
        const values = arrays[i];
        if (values) await parts.#share(`${parts.#setup.session}/${name}`, values);
      }
      parts.#moments = totalsOf(await parts.#sumOfAll({ kind: 'moments', setup: parts.#setup }));
      return parts;
    } catch (error) {
      parts.destroy();
      throw error;
    }
  }

  private constructor(options: RemotePartsOptions) {
    super();
    const {
      host,
      clusters,
      unitCentroids = false,
      precision = 'exact',
      whole,
      scalesToUnit,
      origin,
    } = options;
    this.arithmetic = options.arithmetic;
    this.#options = options;
    this.#setup = {
      session: host.nextSession(),
      clusters,
      unitCentroids,
      precision,
      rows: whole.rows,
      scalesToUnit,
      hasOrigin: origin !== undefined,
    };
    let start = 0;
    this.#places = options.partRows.map((rows) => ({ start: (start += rows) - rows, rows }));
  }

  get moments(): PartTotals {
    return this.#moments;
  }

  readRows(rows: Uint32Array): Promise<RowValues> {
    return this.#options.readRows(rows);
  }

  forgetSeeds(): void {
    const { epoch, count } = this.#seeds;
    this.#drop(Array.from({ length: count }, (_, block) => seedsName(this.#setup, epoch, block)));
    this.#seeds = { epoch: epoch + 1, count: 0 };
    this.#lastBlock = undefined;
  }

  async passSeeds(seeds: SeedRows, candidates: Float64Array, step: number): Promise<readonly SeedPass[]> {
    await this.#addSeeds(seeds);
    const name = candidates.length > 0 ? await this.#shareOnce('candidates', candidates) : undefined;
    const question = {
      kind: 'seeds',
      setup: this.#setup,
      seeds: this.#seeds,
      candidates: name,
      step,
    } as const;
    const answers = await this.#askAll(question);
    if (name !== undefined) this.#drop([name]);
    return answers.map((answer) => {
      const [mass, greatest, ...potentials] = floatsOf(answer);
      return { mass, greatest, potentials: Float64Array.from(potentials) };
    });
  }

  async drawSeedRows(
    draws: readonly PartDraw[],
    seeds: SeedRows,
    step: number,
  ): Promise<readonly DrawnRows[]> {
    await this.#addSeeds(seeds);
    const draw = `${this.#setup.session}/draws/${++this.#asked}`;
    const names = draws.map(({ index }) => drawName(draw, index));
    for (const [i, { before, targets }] of draws.entries()) {
      await this.#share(names[i], Float64Array.of(before, ...targets));
    }
    const answers = await this.#options.host.ask(
      { kind: 'draw', setup: this.#setup, seeds: this.#seeds, draws: draw, step },
      draws.map(({ index }) => index),
      this.#options.signal,
    );
    this.#drop(names);
    return answers.map((answer, i) => {
      const { length } = draws[i].targets;
      const found = floatsOf(answer);
      return { rows: Uint32Array.from(found.subarray(0, length)), values: found.subarray(length) };
    });
  }

  async seedWeights(count: number): Promise<Float64Array> {
    const question = { kind: 'seedWeights', setup: this.#setup, seeds: this.#seeds, count } as const;
    return floatsOf(await this.#sumOfAll(question));
  }

  async assign(centroids: Float64Array, isFirst: boolean): Promise<PartsAssignment> {
    const before = this.#assignment;
    const assignment = before + 1;
    await this.#share(centroidsName(this.#setup, assignment), centroids);
    const answer = await this.#sumOfAll({
      kind: 'assign',
      setup: this.#setup,
      assignment,
      before: isFirst ? undefined : before,
    });
    this.#assignment = assignment;
    this.#drop([centroidsName(this.#setup, before)]);
    const all = totalsOf(answer);
    // Inertias are relative to the centroids of an assignment.
    await this.arithmetic.writeCentroids(centroids);
    await this.arithmetic.assignPart();
    return { totals: all.slice(0, -1), changed: Number(all[all.length - 1]) };
  }

  async readLabels(): Promise<Uint32Array> {
    const labels = new Uint32Array(this.#setup.rows);
    const answers = await this.#askAll({ kind: 'labels', setup: this.#setup, assignment: this.#assignment });
    for (const [i, { start }] of this.#places.entries()) labels.set(numbersOf(answers[i]), start);
    return labels;
  }

  async readDistances(): Promise<Float32Array> {
    const distances = new Float32Array(this.#setup.rows);
    const question = { kind: 'distances', setup: this.#setup, assignment: this.#assignment } as const;
    const answers = await this.#askAll(question);
    for (const [i, { start }] of this.#places.entries()) distances.set(numbersOf(answers[i]), start);
    return distances;
  }

  async distanceSums(): Promise<Float64Array> {
    const { buffer, byteOffset, length } = this.#moments;
    const moments = await this.#shareOnce('moments', new Float64Array(buffer, byteOffset, length));
    const question = {
      kind: 'distanceSums',
      setup: this.#setup,
      assignment: this.#assignment,
      moments,
    } as const;
    const sums = floatsOf(await this.#sumOfAll(question));
    this.#drop([moments]);
    return sums;
  }

  async distancesToCentroids(centroids: Float64Array, start: number, count: number): Promise<Float32Array> {
    const { clusters } = this.#setup;
    const distances = new Float32Array(count * clusters);
    const ranges = this.#places.map((place) => rangeWithin(place, start, count));
    const wanted = [...ranges.keys()].filter((index) => ranges[index].first < ranges[index].end);
    const name = await this.#shareOnce('toCentroids', centroids);
    const question = { kind: 'toCentroids', setup: this.#setup, centroids: name, start, count } as const;
    const answers = await this.#options.host.ask(question, wanted, this.#options.signal);
    this.#drop([name]);
    for (const [i, index] of wanted.entries()) {
      distances.set(numbersOf(answers[i]), (ranges[index].first - start) * clusters);
    }
    return distances;
  }

  destroy(): void {
    this.#drop([...this.#shared]);
    this.arithmetic.destroy();
  }

  /** Remembers seeds, unless the last ones are the same: a seed that waits comes more than once. */
  async #addSeeds({ values, first }: SeedRows): Promise<void> {
    const { epoch, count } = this.#seeds;
    const isKnown = this.#lastBlock?.[0] === first && this.#lastBlock[1] === values.length;
    if (values.length === 0 || isKnown) return;
    const block = new Float64Array(values.length + 1);
    block[0] = first;
    block.set(values, 1);
    await this.#share(seedsName(this.#setup, epoch, count), block);
    this.#seeds = { epoch, count: count + 1 };
    this.#lastBlock = [first, values.length];
  }

  #askAll(question: PartQuestion): Promise<readonly PartAnswer[]> {
    const { host, signal } = this.#options;
    return host.ask(question, [...this.#places.keys()], signal);
  }

  #sumOfAll(question: PartQuestion): Promise<PartAnswer> {
    const { host, signal } = this.#options;
    return host.sum(question, [...this.#places.keys()], signal);
  }

  async #share(name: string, values: Float64Array): Promise<void> {
    this.#shared.add(name);
    await this.#options.host.put(name, values);
  }

  /** Shares an array under a name of its own. */
  async #shareOnce(what: string, values: Float64Array): Promise<string> {
    const name = `${this.#setup.session}/${what}/${++this.#asked}`;
    await this.#share(name, values);
    return name;
  }

  #drop(names: readonly string[]): void {
    const known = names.filter((name) => this.#shared.delete(name));
    if (known.length > 0) this.#options.host.drop(known);
  }
}
