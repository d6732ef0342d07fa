import type { Engine, JsonValue } from '@shoal/core';
import type { TensorBackend } from '@shoal/deep-clustering';
import type { ArrayFiles } from './peers/array-files.ts';
import type { NpmPeers } from './peers/npm-peers.ts';
import type { PythonPeers } from './peers/python-peers.ts';
import type { TorchPeers } from './peers/torch-peers.ts';

/** The engine to measure, and the peers to compare with. */
export interface BenchContext {
  readonly engine: Engine;
  /** Opens the backend that trains autoencoders. */
  tensorBackend(): Promise<TensorBackend>;
  /** The command line of `shoal`; undefined when it is not built. */
  readonly shoalCommand: readonly string[] | undefined;
  readonly quick: boolean;
  /** Absent when no peers were asked for, or none is installed. */
  readonly python?: PythonPeers | undefined;
  readonly npm?: NpmPeers | undefined;
  readonly torch?: TorchPeers | undefined;
  /** Where points are stored for other processes. */
  readonly files: ArrayFiles;
  readonly signal: AbortSignal;
}

/** One run of a contender. */
export interface Sample {
  /** Time of only the work, or of one iteration of it, in seconds. */
  readonly seconds: number;
  /** Number of iterations that ran, if the work has iterations. */
  readonly iterations?: number | undefined;
  /** Quality of the result, computed by one judge for all contenders; called after all timing. */
  quality(): Promise<number>;
}

/** Who takes part: Shoal, a library that does the same work, or a baseline for information. */
export type Role = 'ours' | 'peer' | 'baseline';

export interface Contender {
  readonly name: string;
  readonly role: Role;
  /** Type of the values that it gets. */
  readonly dtype: string;
  /** Its own tolerance instead of the workload's, for a contender that computes less precisely on purpose. */
  readonly tolerance?: number | undefined;
  /** So slow that it runs once, without a warm-up. */
  readonly once?: boolean | undefined;
  run(): Promise<Sample>;
  /** The kernels of one iteration by the device's own clock; called after all timing. */
  kernels?(): Promise<readonly KernelRecord[]>;
}

/** Time of a kernel in one iteration, and its work if the engine counts it. */
export interface KernelRecord {
  readonly kernel: string;
  readonly dispatches: number;
  /** All dispatches together. */
  readonly milliseconds: number;
  /** Floating-point operations and bytes read and written, of all dispatches together. */
  readonly flops?: number | undefined;
  readonly bytes?: number | undefined;
}

/** How wrong results are recognized. */
export interface QualityRule {
  /** What is compared: "inertia", "mean log-likelihood" ... */
  readonly name: string;
  /** Relative difference above which a pair is refused; null when there is nothing to compare. */
  readonly tolerance: number | null;
  /** The reason for an unusual tolerance. */
  readonly note?: string | undefined;
}

/** The tolerance for contenders that do the same iterations from the same start. */
export const SAME_RESULT = 1e-4;

/** Work of one sample (a run or an iteration, whichever is timed), counted for the plain algorithm. */
export interface Work {
  /** Floating-point operations; a multiplication and an addition are two. */
  readonly flops: number;
  /** Least number of bytes that must be read or written. */
  readonly bytes: number;
  /** The count as a formula, for people. */
  readonly formula: string;
  /**
   * What does the work: the engine (default), one thread of JavaScript, or TensorFlow.js, which has one thread on a
   * CPU.
   */
  readonly by?: 'engine' | 'javascript' | 'tensorflow' | undefined;
}

/** One line of the report: one case on one set of points. */
export interface Workload {
  readonly name: string;
  /** Shape, type, iterations, seed, and how the points are made. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly quality: QualityRule;
  /** Undefined when there is no work worth counting. */
  readonly work?: Work | undefined;
  /** What one sample is: a whole run, or an iteration. */
  readonly timed: 'run' | 'iteration';
  readonly repetitions: number;
  /**
   * Milliseconds of rest before each run instead of the usual number: 0 when contenders themselves raise the clock of a
   * GPU, because it would fall in a rest.
   */
  readonly pause?: number | undefined;
  /** Estimated time on a GPU machine, in seconds: the workload is left out when less is left of a time limit. */
  readonly seconds?: number | undefined;
  /** The target: the greatest accepted ratio to the best peer. */
  readonly target?: number | undefined;
  /** Makes the points and the contenders, outside all timing; Shoal's contender comes first. */
  prepare(context: BenchContext): Promise<PreparedWorkload>;
}

interface PreparedWorkload {
  readonly contenders: readonly Contender[];
  /** Remarks to show beside the numbers. */
  readonly notes?: readonly string[] | undefined;
  /** Frees the resources of the contenders. */
  release?(): void;
}

/** Shoal as a contender that gets float32. */
export const SHOAL_FLOAT32 = { name: 'shoal', role: 'ours', dtype: 'float32' } as const;

/** A named group of workloads that measure the same thing. */
export interface BenchCase {
  readonly name: string;
  readonly summary: string;
  /** So slow that it runs only when it is named. */
  readonly onlyWhenNamed?: boolean | undefined;
  /** @param quick tiny shapes, only to see that everything works */
  workloads(quick: boolean): readonly Workload[];
}
