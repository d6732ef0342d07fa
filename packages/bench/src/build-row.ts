import type { Samples } from './alternate.ts';
import type { BenchCase, KernelRecord, Workload } from './bench-case.ts';
import { PeerError } from './errors.ts';
import { roofline, threadsOf, type Ceilings } from './ceilings/roofline.ts';
import type { BenchContender, BenchRow } from './report/schema.ts';
import { summarize } from './statistics.ts';
import { refusals } from './verdict.ts';

/** The input of a row. */
export interface RowParts {
  readonly benchCase: Pick<BenchCase, 'name'>;
  readonly workload: Workload;
  readonly warmUp: number;
  readonly samples: readonly Samples[];
  /** One per contender; not used for one that failed. */
  readonly qualities: readonly number[];
  /** One list per contender; empty when the engine times no kernels. */
  readonly kernels: readonly (readonly KernelRecord[])[];
  readonly notes: readonly string[];
  readonly ceilings: Ceilings;
  /** The engine's own description of its device. */
  readonly device: string;
}

/** A row of the report: a refused contender has no times, and does not count for the ratio. */
export function buildRow({
  samples,
  qualities,
  kernels,
  notes,
  ceilings,
  device,
  ...parts
}: RowParts): BenchRow {
  const { workload } = parts;
  // A contender that failed is not compared with the others.
  const judged = samples.flatMap(({ contender: { name, role, tolerance }, last }, i) =>
    last instanceof PeerError ? [] : [{ name, role, tolerance, quality: qualities[i] }],
  );
  const refused = refusals(judged, workload.quality);
  const contenders = samples.map(({ contender, seconds, last }, i): BenchContender => {
    const { name, role, dtype, once = false } = contender;
    const failed = last instanceof PeerError;
    const reason = failed ? `it failed: ${last.message}` : (refused.get(name) ?? null);
    const reported = reason === null ? seconds.map((value) => 1000 * value) : [];
    const summary = reason === null ? summarize(reported) : { median: null, min: null, max: null };
    const speed =
      role === 'ours' && workload.work !== undefined && summary.median !== null
        ? roofline(workload.work, summary.median / 1000, ceilings, threadsOf(workload.work, device))
        : undefined;
    return {
      name,
      role,
      dtype,
      once,
      iterations: failed ? null : (last.iterations ?? null),
      quality: Number.isFinite(qualities[i]) ? qualities[i] : null,
      refused: reason,
      samples: reported,
      ...summary,
      gflops: speed?.gflops ?? null,
      ceilingGflops: speed?.ceilingGflops ?? null,
      kernels: reason !== null ? [] : kernels[i].map(kernelResult),
    };
  });
  return {
    ...rowHead(parts.benchCase, workload, parts.warmUp),
    contenders,
    ratio: ratioToBestPeer(contenders),
    notes: [...notes],
    unavailable: null,
    failed: false,
  };
}

function kernelResult({ flops, bytes, ...time }: KernelRecord): BenchContender['kernels'][number] {
  return { ...time, flops: flops ?? null, bytes: bytes ?? null };
}

/** A row of a workload that could not run. */
export function unavailableRow(
  benchCase: Pick<BenchCase, 'name'>,
  workload: Workload,
  warmUp: number,
  reason: string,
  failed = false,
): BenchRow {
  return {
    ...rowHead(benchCase, workload, warmUp),
    contenders: [],
    ratio: null,
    notes: [],
    unavailable: reason,
    failed,
  };
}

/** The median of Shoal's compared contender, divided by that of the fastest peer, among those that were not refused. */
export function ratioToBestPeer(contenders: readonly BenchContender[]): BenchRow['ratio'] {
  const ours = contenders.find(({ role }) => role === 'ours')?.median ?? null;
  let best: { readonly name: string; readonly median: number } | undefined;
  for (const { role, name, median } of contenders) {
    if (role === 'peer' && median !== null && !(best && best.median <= median)) best = { name, median };
  }
  return ours === null || best === undefined ? null : { value: ours / best.median, peer: best.name };
}

function rowHead({ name }: Pick<BenchCase, 'name'>, workload: Workload, warmUp: number) {
  const { parameters, quality, work, timed, target } = workload;
  return {
    case: name,
    workload: workload.name,
    parameters: { ...parameters },
    timed,
    warmUp,
    quality: { name: quality.name, tolerance: quality.tolerance, note: quality.note ?? null },
    work: work === undefined ? null : { flops: work.flops, bytes: work.bytes, formula: work.formula },
    target: target ?? null,
  };
}
