import { Seeding, type SeedPass, type SeedPasses, type WaitingSeed } from '../engine/arithmetic/seeding.ts';
import type { KMeansParts, RowValues } from './kmeans-parts.ts';
import type { PartedPoints } from './parted-points.ts';

/** Seeding over points in parts; see `Seeding`. */
export class PartedSeeding implements SeedPasses {
  readonly rows: number;
  readonly most: number;
  readonly #parts: KMeansParts;
  /** The first row of each part. */
  readonly #starts: readonly number[];
  readonly #seeding: Seeding;
  /** Values of rows that were drawn. */
  readonly #values = new Map<number, RowValues>();
  /** The mass of each part after the last pass, and if a candidate of it were added. */
  #masses: number[];
  #potentials: readonly Float64Array[] = [];
  #isActive = false;

  constructor(parts: KMeansParts, points: PartedPoints) {
    let start = 0;
    this.#starts = points.parts.map(({ rows }) => (start += rows) - rows);
    this.rows = points.rows;
    this.most = parts.arithmetic.mostSeeds;
    this.#parts = parts;
    this.#masses = this.#starts.map(() => Infinity);
    this.#seeding = new Seeding(this, parts.arithmetic.seedBound);
  }

  reset(): void {
    this.#isActive = true;
    this.#values.clear();
    this.#seeding.reset();
  }

  /** An assignment discards the seeds, as in other sessions. */
  end(): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    this.forget();
  }

  async potentials(candidates: Uint32Array): Promise<Float64Array> {
    this.#begin();
    const potentials = await this.#seeding.judge(candidates);
    return potentials.map((potential) => potential * this.#parts.arithmetic.seedUnit);
  }

  async add(rows: Uint32Array): Promise<void> {
    this.#begin();
    await this.#seeding.add(rows);
  }

  async sample(uniforms: Float64Array): Promise<Uint32Array> {
    this.#begin();
    return this.#seeding.sample(uniforms);
  }

  /** Of the points nearest to each seed. */
  async totalWeights(): Promise<Float64Array> {
    this.#begin();
    return this.#seeding.totalWeights();
  }

  async weights(count: number): Promise<Float64Array> {
    return count === 0 ? new Float64Array() : this.#parts.seedWeights(count);
  }

  forget(): void {
    this.#parts.forgetSeeds();
    this.#masses.fill(Infinity);
  }

  async run(added: Uint32Array, first: number, candidates: Uint32Array, step: number): Promise<SeedPass> {
    const seeds = { values: await this.#valuesOf(added), first };
    const passes = await this.#parts.passSeeds(seeds, await this.#valuesOf(candidates), step);
    const potentials = new Float64Array(candidates.length);
    for (const pass of passes) pass.potentials.forEach((potential, c) => (potentials[c] += potential));
    this.#masses = passes.map(({ mass }) => mass);
    this.#potentials = passes.map((pass) => pass.potentials);
    return {
      mass: this.#masses.reduce((sum, mass) => sum + mass, 0),
      greatest: passes.reduce((most, { greatest }) => Math.max(most, greatest), 0),
      potentials,
    };
  }

  adopt(candidate: number): void {
    this.#masses = this.#potentials.map((potentials) => potentials[candidate]);
  }

  async draw(targets: Float64Array, step: number, waiting: WaitingSeed | undefined): Promise<Uint32Array> {
    let total = 0;
    const running = this.#masses.map((mass) => (total += mass));
    const lastWithMass = this.#masses.findLastIndex((mass) => mass > 0);
    const placesOf = new Map<number, number[]>();
    targets.forEach((target, at) => {
      const found = running.findIndex((sum) => sum > target);
      const index = found < 0 ? lastWithMass : found;
      const places = placesOf.get(index);
      if (places) places.push(at);
      else placesOf.set(index, [at]);
    });
    const indices = [...placesOf.keys()].sort((a, b) => a - b);
    const draws = indices.map((index) => ({
      index,
      targets: Float64Array.from(placesOf.get(index) ?? [], (at) => targets[at]),
      before: index === 0 ? 0 : running[index - 1],
    }));
    const seeds = {
      values: waiting ? await this.#valuesOf(Uint32Array.of(waiting.row)) : new Float64Array(),
      first: waiting?.number ?? 0,
    };
    const found = await this.#parts.drawSeedRows(draws, seeds, step);
    const drawn = new Uint32Array(targets.length);
    for (const [d, { rows, values }] of found.entries()) {
      const columns = values.length / rows.length;
      placesOf.get(indices[d])?.forEach((at, i) => {
        drawn[at] = this.#starts[indices[d]] + rows[i];
        this.#values.set(drawn[at], values.slice(i * columns, (i + 1) * columns));
      });
    }
    return drawn;
  }

  #begin(): void {
    if (!this.#isActive) this.reset();
  }

  /** Rows in one array, row-major. */
  async #valuesOf(rows: Uint32Array): Promise<Float64Array> {
    const missing = rows.filter((row) => !this.#values.has(row));
    if (missing.length > 0) {
      const found = await this.#parts.readRows(missing);
      const columns = found.length / missing.length;
      missing.forEach((row, i) => {
        this.#values.set(row, found.slice(i * columns, (i + 1) * columns));
      });
    }
    const each = Array.from(rows, (row) => this.#values.get(row) ?? []);
    const columns = each[0]?.length ?? 0;
    const values = new Float64Array(rows.length * columns);
    each.forEach((row, i) => {
      values.set(row, i * columns);
    });
    return values;
  }
}
