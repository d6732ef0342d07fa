import { InvalidArgumentError } from '@shoal/core';
import * as v from 'valibot';

/** Raised when the meaning of a key changes, not when one is added. */
export const SCHEMA_VERSION = 1;

const OneAndAll = v.object({ oneThread: v.number(), allThreads: v.number() });
const NullableText = v.nullable(v.string());

/** A kernel's time in one iteration, by the device's own clock; work is null where it is not counted. */
const KernelResult = v.object({
  kernel: v.string(),
  dispatches: v.number(),
  milliseconds: v.number(),
  flops: v.nullable(v.number()),
  bytes: v.nullable(v.number()),
});

const ContenderResult = v.object({
  name: v.string(),
  role: v.picklist(['ours', 'peer', 'baseline']),
  dtype: v.string(),
  /** Ran once, without a warm-up, because it is slow. */
  once: v.optional(v.boolean(), false),
  iterations: v.nullable(v.number()),
  /** Computed by the same judge for all; null for a value that is not a number. */
  quality: v.nullable(v.number()),
  /** Why its times are not reported; null when they are reported. */
  refused: NullableText,
  /** Milliseconds, in the order they were taken; empty when refused. */
  samples: v.array(v.number()),
  median: v.nullable(v.number()),
  min: v.nullable(v.number()),
  max: v.nullable(v.number()),
  /** Counted work divided by the median, and the limit of this machine. */
  gflops: v.nullable(v.number()),
  ceilingGflops: v.nullable(v.number()),
  /** The longest first; empty when there are no timestamps. */
  kernels: v.optional(v.array(KernelResult), []),
});

const Row = v.object({
  case: v.string(),
  workload: v.string(),
  parameters: v.record(v.string(), v.unknown()),
  /** What a sample is: a whole run, or one iteration. */
  timed: v.picklist(['run', 'iteration']),
  warmUp: v.number(),
  quality: v.object({ name: v.string(), tolerance: v.nullable(v.number()), note: NullableText }),
  work: v.nullable(v.object({ flops: v.number(), bytes: v.number(), formula: v.string() })),
  contenders: v.array(ContenderResult),
  /** Shoal's median divided by that of the fastest peer that was not refused; null when there is no such peer. */
  ratio: v.nullable(v.object({ value: v.number(), peer: v.string() })),
  target: v.nullable(v.number()),
  notes: v.array(v.string()),
  /** Why it did not run; null when it did. */
  unavailable: NullableText,
  /** It did not run because the device failed, not because something is absent here. */
  failed: v.optional(v.boolean(), false),
});

const Report = v.object({
  schema: v.literal('shoal-bench'),
  version: v.literal(SCHEMA_VERSION),
  date: v.pipe(v.string(), v.isoTimestamp()),
  quick: v.boolean(),
  shoal: v.object({ version: v.string(), commit: NullableText, dirty: v.nullable(v.boolean()) }),
  runtime: v.object({ node: v.string(), v8: v.string() }),
  engine: v.object({
    name: v.string(),
    device: v.string(),
    software: v.boolean(),
    features: v.array(v.string()),
    reason: v.string(),
  }),
  machine: v.object({
    processor: v.string(),
    cores: v.number(),
    memoryBytes: v.number(),
    system: v.string(),
  }),
  ceilings: v.object({
    threads: v.number(),
    multiplyAdd: OneAndAll,
    fusedMultiplyAdd: v.nullable(OneAndAll),
    copy: OneAndAll,
    /** GFLOP/s and GB/s of the engine's GPU; null, or absent in older reports, when it has no GPU. */
    device: v.optional(v.nullable(v.object({ multiplyAdd: v.number(), copy: v.number() })), null),
  }),
  peers: v.array(
    v.object({ name: v.string(), version: NullableText, runtime: v.string(), install: v.string() }),
  ),
  rows: v.array(Row),
});

export type BenchReport = v.InferOutput<typeof Report>;
export type BenchRow = v.InferOutput<typeof Row>;
export type BenchContender = v.InferOutput<typeof ContenderResult>;

/**
 * Reads a report back.
 *
 * @param text what `shoal bench` wrote
 * @throws {InvalidArgumentError} when it is not a report, or has another schema version; the message says where it
 *   differs
 */
export function parseReport(text: string): BenchReport {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`A benchmark result is JSON; this is not: ${String(error)}.`, {
      cause: error,
    });
  }
  const { success, output, issues } = v.safeParse(Report, json);
  if (success) return output;
  const [{ message }] = issues;
  throw new InvalidArgumentError(
    `This is not a benchmark result of schema version ${SCHEMA_VERSION}: at ${v.getDotPath(issues[0]) ?? 'its top'}, ${message}.`,
  );
}
