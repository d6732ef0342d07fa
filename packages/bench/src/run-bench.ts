import { DeviceError, UnsupportedError, type Engine, type ProgressListener } from '@shoal/core';
import { DatasetUnavailableError } from '@shoal/data';
import type { TensorBackend } from '@shoal/deep-clustering';
import { measureDevice, WebGpuEngine } from '@shoal/webgpu-kernels';
import { alternate, type Samples } from './alternate.ts';
import type { BenchContext, KernelRecord, Sample } from './bench-case.ts';
import { leftOut, startBudget, type Budget } from './budget.ts';
import { buildRow, unavailableRow } from './build-row.ts';
import { BENCH_CASES } from './cases/index.ts';
import { measureCeilings } from './ceilings/measure-ceilings.ts';
import type { Ceilings } from './ceilings/roofline.ts';
import { PeerError } from './errors.ts';
import { describeMachine, describeShoal } from './machine.ts';
import { ArrayFiles } from './peers/array-files.ts';
import { NpmPeers } from './peers/npm-peers.ts';
import type { PeerInfo } from './peers/peer-info.ts';
import { PythonPeers } from './peers/python-peers.ts';
import { TorchPeers } from './peers/torch-peers.ts';
import { SCHEMA_VERSION, type BenchReport, type BenchRow } from './report/schema.ts';
import { selectWorkloads, type Selected } from './select.ts';

/** Rest before each run, in milliseconds. */
const PAUSE_MS = 300;

/** The options of a benchmark. */
export interface BenchOptions {
  /** Cases by name, `case/workload`, or either with `*`; an empty list means all cases that do not have to be named. */
  readonly cases?: readonly string[] | undefined;
  readonly engine: Engine;
  /** The reason for this engine, for the report. */
  readonly reason: string;
  /** Opens the backend that trains autoencoders. */
  readonly tensorBackend: () => Promise<TensorBackend>;
  /** The command line of `shoal`, for its cold start; undefined when it is not built. */
  readonly shoalCommand?: readonly string[] | undefined;
  /** Run other libraries on the same points, in turn with Shoal. */
  readonly peers?: boolean | undefined;
  /** Python interpreter of the peers. */
  readonly python?: string | undefined;
  /** Folder with the node_modules to search first for npm peers. */
  readonly peerModules?: string | undefined;
  /** Folder of a checkout of flash-kmeans; by default what FLASH_KMEANS_DIR names in the environment. */
  readonly flashKmeans?: string | undefined;
  /** Threads of the peers' libraries; the engine has its own. */
  readonly threads?: number | undefined;
  /** Tiny shapes: they show that everything works, but nothing about speed. */
  readonly quick?: boolean | undefined;
  /** Number of rounds that count, instead of each workload's own number. */
  readonly repetitions?: number | undefined;
  /** Number of warm-up rounds before those; default 1. */
  readonly warmUp?: number | undefined;
  /**
   * Time limit in seconds, by default none. A workload that would take longer than the remaining time is left out, and
   * its row says so. A running round is always finished, so it may take some seconds more.
   */
  readonly seconds?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ProgressListener | undefined;
  /** Called after each workload with the report so far, to save it in case the machine is taken away. */
  readonly onReport?: ((report: BenchReport) => Promise<void>) | undefined;
}

/** Everything that is the same for all workloads. */
interface Bench extends Omit<BenchContext, 'files'> {
  readonly ceilings: Ceilings;
  readonly repetitions: number | undefined;
  readonly warmUp: number;
  readonly budget: Budget;
  readonly onProgress: ProgressListener;
}

/**
 * Measures, and compares with peers.
 *
 * @throws {InvalidArgumentError} when a name fits no case
 * @throws the signal's reason when it is aborted: there is no partial report
 */
export async function runBench(options: BenchOptions): Promise<BenchReport> {
  const { engine, signal, quick = false, warmUp = 1, repetitions } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  const budget = startBudget(options.seconds);
  const selected = selectWorkloads(BENCH_CASES, options.cases ?? [], quick);
  onProgress({ phase: 'preparing', completed: 0, message: 'measuring what this machine can do' });
  const ceilings: Ceilings = {
    ...(await measureCeilings(quick, signal)),
    device: engine instanceof WebGpuEngine ? await measureDevice(engine.device, { quick, signal }) : null,
  };
  const peers = await openPeers(options);
  try {
    const { tensorBackend, shoalCommand } = options;
    const { python, npm, torch } = peers;
    const bench = { engine, tensorBackend, shoalCommand, quick, python, npm, torch, signal };
    const rows: BenchRow[] = [];
    const shoal = await describeShoal();
    const reportSoFar = (): BenchReport => ({
      schema: 'shoal-bench',
      version: SCHEMA_VERSION,
      date: new Date().toISOString(),
      quick,
      shoal,
      runtime: { node: process.versions.node, v8: process.versions.v8 },
      engine: describeEngine(engine, options.reason),
      machine: describeMachine(),
      ceilings,
      peers: peers.infos().map((peer) => ({ ...peer })),
      rows: [...rows],
    });
    for (const [i, item] of selected.entries()) {
      const report: ProgressListener = (progress) => {
        const where = `${item.benchCase.name}/${item.workload.name} (${i + 1} of ${selected.length})`;
        onProgress({ ...progress, phase: where });
      };
      rows.push(
        await runWorkload(item, { ...bench, ceilings, repetitions, warmUp, budget, onProgress: report }),
      );
      await options.onReport?.(reportSoFar());
      await forget(python, npm, torch);
    }
    return reportSoFar();
  } finally {
    peers.python?.close();
    peers.npm?.close();
    peers.torch?.close();
  }
}

function describeEngine({ name, info }: Engine, reason: string): BenchReport['engine'] {
  const { device, software, features } = info;
  return { name, device, software, features: [...features], reason };
}

/** Frees the points that peers hold. A peer that has ended holds none; its next work will report that. */
async function forget(...peers: readonly ({ forget(): Promise<void> } | undefined)[]): Promise<void> {
  for (const peer of peers) {
    try {
      await peer?.forget();
    } catch (error) {
      if (!(error instanceof PeerError)) throw error;
    }
  }
}

async function openPeers(options: BenchOptions): Promise<{
  readonly python?: PythonPeers;
  readonly npm?: NpmPeers;
  readonly torch?: TorchPeers;
  /** PyTorch knows its device only once it has been loaded. */
  infos(): readonly PeerInfo[];
}> {
  const { peers, python, peerModules, flashKmeans, threads, signal } = options;
  if (peers !== true) return { infos: () => [] };
  const fromPython = await PythonPeers.open({ python, threads, signal });
  const npm = await NpmPeers.open(peerModules, signal);
  const torch = await TorchPeers.open({ python, flashKmeans, signal });
  return {
    npm,
    infos: () => [...fromPython.infos, ...torch.infos, ...npm.infos],
    ...(fromPython instanceof PythonPeers && { python: fromPython }),
    ...(torch instanceof TorchPeers && { torch }),
  };
}

async function runWorkload({ benchCase, workload }: Selected, bench: Bench): Promise<BenchRow> {
  const { signal, onProgress, warmUp, ceilings, engine, budget, quick } = bench;
  const reason = leftOut(quick ? 0 : (workload.seconds ?? 0), budget);
  if (reason !== undefined) return unavailableRow(benchCase, workload, warmUp, reason);
  const files = await ArrayFiles.create();
  try {
    onProgress({ phase: '', completed: 0, message: 'making the points' });
    const prepared = await workload.prepare({ ...bench, files });
    try {
      const { contenders } = prepared;
      const notes = [...(prepared.notes ?? [])];
      const repetitions = bench.repetitions ?? (quick ? 1 : workload.repetitions);
      const samples = await alternate(contenders, {
        warmUp,
        repetitions,
        pause: quick ? 0 : (workload.pause ?? PAUSE_MS),
        timeIsUp: () => budget.left() <= 0,
        signal,
        onRun({ name }, round, rounds) {
          onProgress({ phase: '', completed: round, total: rounds, message: name });
        },
      });
      const qualities: number[] = [];
      for (const { contender, last } of samples) {
        onProgress({ phase: '', completed: 0, message: `judging ${contender.name}` });
        signal.throwIfAborted();
        qualities.push(last instanceof PeerError ? NaN : await qualityOf(contender.name, last, notes));
      }
      const kernels: (readonly KernelRecord[])[] = [];
      for (const { contender } of samples) kernels.push((await contender.kernels?.()) ?? []);
      return buildRow({
        ...{ benchCase, workload, warmUp, samples, qualities, kernels, ceilings },
        notes: [...notes, ...roundNotes(samples, repetitions)],
        device: engine.info.device,
      });
    } finally {
      prepared.release?.();
    }
  } catch (error) {
    if (error instanceof UnsupportedError || error instanceof DatasetUnavailableError) {
      return unavailableRow(benchCase, workload, warmUp, error.message);
    }
    // The other rows are still useful; if the device is gone, each row says so.
    if (error instanceof DeviceError) {
      return unavailableRow(benchCase, workload, warmUp, error.message, true);
    }
    throw error;
  } finally {
    await files.remove();
  }
}

/** The quality of a result; NaN, with a note, when the peer that judges it fails. */
async function qualityOf(name: string, run: Sample, notes: string[]): Promise<number> {
  try {
    return await run.quality();
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    notes.push(`the result of ${name} could not be judged: ${error.message}`);
    return NaN;
  }
}

/** A note when the time was up before all rounds had run. */
function roundNotes(samples: readonly Samples[], repetitions: number): string[] {
  const rounds = Math.max(...samples.map(({ seconds }) => seconds.length));
  return rounds < repetitions ? [`${rounds} of ${repetitions} rounds: the time was up`] : [];
}
