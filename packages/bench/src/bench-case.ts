import type { Engine, JsonValue } from '@shoal/core';
import type { TensorBackend } from '@shoal/deep-clustering';
import type { ArrayFiles } from './peers/array-files.ts';
import type { NpmPeers } from './peers/npm-peers.ts';
import type { PythonPeers } from './peers/python-peers.ts';
import type { TorchPeers } from './peers/torch-peers.ts';

/** What is measured, and with whom it is compared. */
export interface BenchContext {
  readonly engine: Engine;
  /** Opens the backend autoencoders train on. */
  tensorBackend(): Promise<TensorBackend>;
  /** The command line of `shoal`; undefined when it is not built. */
  readonly shoalCommand: readonly string[] | undefined;
  readonly quick: boolean;
  /** Absent when no peers were asked for or none is here. */
  readonly python?: PythonPeers | undefined;
  readonly npm?: NpmPeers | undefined;
  readonly torch?: TorchPeers | undefined;
  /** Where points are handed to other processes. */
  readonly files: ArrayFiles;
  readonly signal: AbortSignal;
}

/** One run of a contender. */
export interface Run {
  /** Time of the work alone, or of one iteration of it, in seconds. */
  readonly seconds: number;
  /** How many iterations ran, where there are any. */
  readonly iterations?: number | undefined;
  /** Quality of the result, computed by one judge for all contenders; called after all timing. */
  quality(): Promise<number>;
}

/** Who takes part: us, a library that does the same work, or a floor that is only looked at. */
export type Role = 'ours' | 'peer' | 'baseline';

export interface Contender {
  readonly name: string;
  readonly role: Role;
  /** Type of the values it was given. */
  readonly dtype: string;
  /** Its own limit instead of the workload's, for one that computes less precisely on purpose. */
  readonly tolerance?: number | undefined;
  /** Takes so long that it runs once, without a warm-up. */
  readonly once?: boolean | undefined;
  run(): Promise<Run>;
  /** The kernels of one iteration by the device's own clock; called after all timing. */
  kernels?(): Promise<readonly KernelRecord[]>;
}

/** What a kernel took in one iteration, and its work where the engine counts it. */
export interface KernelRecord {
  readonly kernel: string;
  readonly dispatches: number;
  /** All dispatches together. */
  readonly milliseconds: number;
  /** Floating-point operations and bytes read and written, of all dispatches together. */
  readonly flops?: number | undefined;
  readonly bytes?: number | undefined;
}

/** How results are told apart from wrong ones. */
export interface QualityRule {
  /** What is compared: "inertia", "mean log-likelihood" ... */
  readonly name: string;
  /** Relative difference above which a pair is refused; null where there is nothing to compare. */
  readonly tolerance: number | null;
  /** Why the tolerance is what it is, when it is not the usual one. */
  readonly note?: string | undefined;
}

/** The tolerance of contenders that do the same iterations from the same start. */
export const SAME_RESULT = 1e-4;

/** Work of one run (or of one iteration, where that is timed), counted for the plain algorithm. */
export interface Work {
  /** Floating-point operations; a multiplication and an addition are two. */
  readonly flops: number;
  /** Bytes that have to be read or written at least. */
  readonly bytes: number;
  /** The count as a formula, for people. */
  readonly formula: string;
  /** What does it: the engine (default), one thread of JavaScript, or TensorFlow.js, which has one thread on a CPU. */
  readonly by?: 'engine' | 'javascript' | 'tensorflow' | undefined;
}

/** One line of the report: one case on one set of points. */
export interface Workload {
  readonly name: string;
  /** Shape, type, iterations, seed, how the points are made. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly quality: QualityRule;
  /** Undefined where nothing is worth counting. */
  readonly work?: Work | undefined;
  /** What one sample is: a whole run, or an iteration. */
  readonly timed: 'run' | 'iteration';
  readonly repetitions: number;
  /**
   * Milliseconds of rest before each run instead of the usual ones: none where contenders bring up the clock of a GPU
   * by themselves, which a rest would let fall.
   */
  readonly pause?: number | undefined;
  /** About how long it takes on a GPU machine, in seconds: where less is left of a time limit it is left out. */
  readonly seconds?: number | undefined;
  /** Greatest ratio to the best peer that Shoal aims at. */
  readonly target?: number | undefined;
  /** Makes the points and the contenders, outside all timing; ours comes first. */
  prepare(context: BenchContext): Promise<PreparedWorkload>;
}

interface PreparedWorkload {
  readonly contenders: readonly Contender[];
  /** Remarks that belong beside the figures. */
  readonly notes?: readonly string[] | undefined;
  /** Frees what the contenders hold. */
  release?(): void;
}

/** Shoal as a contender that gets float32. */
export const SHOAL_FLOAT32 = { name: 'shoal', role: 'ours', dtype: 'float32' } as const;

/** A named group of workloads that measure the same thing. */
export interface BenchCase {
  readonly name: string;
  readonly summary: string;
  /** Takes so long that it runs only when it is named. */
  readonly onlyWhenNamed?: boolean | undefined;
  /** @param quick tiny shapes, to see that everything works */
  workloads(quick: boolean): readonly Workload[];
}
