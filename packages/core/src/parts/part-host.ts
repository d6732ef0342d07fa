import type { KMeansPrecision } from '../engine/kmeans/session.ts';

/** What a part answers: one array, whose meaning depends on the question. */
export type PartAnswer = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array | BigInt64Array;

/** How sessions of parts are opened; the arrays of the place are shared under `SETUP_ARRAYS`. */
export interface PartSetup {
  /** The number of the session of all parts. */
  readonly session: number;
  readonly clusters: number;
  readonly unitCentroids: boolean;
  readonly precision: KMeansPrecision;
  /** Of all parts. */
  readonly rows: number;
  /** Whether rows are scaled to unit length, and whether an origin is subtracted after that. */
  readonly scalesToUnit: boolean;
  readonly hasOrigin: boolean;
}

/** Names of the shared arrays of a session after its number: D values each. */
export const SETUP_ARRAYS = ['center', 'least', 'greatest', 'origin'] as const;

/** The seeds so far: `count` blocks, each a shared array of its first number and the rows. */
export interface SeedsSoFar {
  readonly epoch: number;
  readonly count: number;
}

/**
 * A question to a part. With the shared arrays that it names it has everything that it takes to answer from nothing but the
 * points, so that anyone may answer it who can read the part.
 */
export type PartQuestion =
  | { readonly kind: 'survey'; readonly scalesToUnit: boolean; readonly wanted: string }
  | PartSetupOf<'moments'>
  | (PartSetupOf<'seeds'> & {
      readonly seeds: SeedsSoFar;
      readonly candidates?: string | undefined;
      readonly step: number;
    })
  | (PartSetupOf<'draw'> & { readonly seeds: SeedsSoFar; readonly draws: string; readonly step: number })
  | (PartSetupOf<'seedWeights'> & { readonly seeds: SeedsSoFar; readonly count: number })
  | (PartSetupOf<'assign'> & { readonly assignment: number; readonly before?: number | undefined })
  | (PartSetupOf<'labels' | 'distances'> & { readonly assignment: number })
  | (PartSetupOf<'distanceSums'> & { readonly assignment: number; readonly moments: string })
  | (PartSetupOf<'toCentroids'> & {
      readonly centroids: string;
      readonly start: number;
      readonly count: number;
    });

interface PartSetupOf<Kind extends string> {
  readonly kind: Kind;
  readonly setup: PartSetup;
}

/** Arrays that whoever answers may read, by their names. */
export interface SharedArrays {
  get(name: string): Promise<Float64Array>;
}

/**
 * Whoever holds the parts of points outside this process. It makes no decision: it brings questions to the parts, and their
 * answers back. Parts may be held by anyone, by several at once, and by others from one question to the next.
 */
export interface PartHost {
  /** A number that no other session of the host has. */
  nextSession(): number;
  /** Shares an array until it is dropped. */
  put(name: string, values: Float64Array): Promise<void>;
  drop(names: readonly string[]): void;
  /**
   * Asks some of the parts.
   *
   * @param parts their numbers
   * @returns their answers, in this order
   * @throws whatever is wrong with a part, or the signal's reason
   */
  ask(
    question: PartQuestion,
    parts: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<readonly PartAnswer[]>;
  /**
   * The sum of the answers of some of the parts, each counted once; see `addAnswer`. Whoever answers for several parts may add
   * their answers up.
   */
  sum(question: PartQuestion, parts: readonly number[], signal: AbortSignal | undefined): Promise<PartAnswer>;
}

export function seedsName({ session }: Pick<PartSetup, 'session'>, epoch: number, block: number): string {
  return `${session}/seeds/${epoch}/${block}`;
}

export function centroidsName({ session }: Pick<PartSetup, 'session'>, assignment: number): string {
  return `${session}/centroids/${assignment}`;
}

/** The targets of a part, after the sum before them. */
export function drawName(draws: string, index: number): string {
  return `${draws}/${index}`;
}
