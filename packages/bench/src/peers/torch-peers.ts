import * as v from 'valibot';
import { PeerError } from '../errors.ts';
import { workerFile } from '../worker-file.ts';
import { firstInterpreter } from './interpreters.ts';
import { JsonLinesProcess } from './json-lines-process.ts';
import type { PeerInfo } from './peer-info.ts';
import { Timing } from './timing.ts';

const HOW_TO_INSTALL = {
  torch: 'pip install torch',
  'flash-kmeans':
    'clone github.com/svg-project/flash-kmeans and give its folder as FLASH_KMEANS_DIR; it takes torch and triton',
} as const;

/** The environment variable with the folder of flash-kmeans; an option replaces it. */
const FLASH_KMEANS_DIR = 'FLASH_KMEANS_DIR';

const Hello = v.object({ python: v.string(), versions: v.record(v.string(), v.nullable(v.string())) });

const Loaded = v.object({
  version: v.string(),
  gpu: v.nullable(v.string()),
  cuda: v.nullable(v.string()),
  triton: v.nullable(v.string()),
  flash: v.nullable(v.object({ version: v.nullable(v.string()), kernels: v.string() })),
});
type Loaded = v.InferOutput<typeof Loaded>;

const Score = v.object({ score: v.number() });

/** Operations of workers/torch_peers.py that do timed work. */
export type TorchWork = 'lloyd' | 'flash_kmeans' | 'em';

export interface TorchPeersOptions {
  /** The interpreter to use; by default `python3`, else `/usr/bin/python3`. */
  readonly python?: string | undefined;
  /** A checkout of flash-kmeans; by default what the environment's FLASH_KMEANS_DIR names. */
  readonly flashKmeans?: string | undefined;
  readonly signal: AbortSignal;
}

/** PyTorch, and flash-kmeans on it, in a long-lived Python process. PyTorch is loaded at its first use. */
export class TorchPeers {
  readonly #process: JsonLinesProcess;
  readonly #python: string;
  readonly #hello: v.InferOutput<typeof Hello>;
  #loaded: Loaded | undefined;

  private constructor(child: JsonLinesProcess, python: string, hello: v.InferOutput<typeof Hello>) {
    this.#process = child;
    this.#python = python;
    this.#hello = hello;
  }

  /**
   * Starts the first interpreter that has PyTorch.
   *
   * @returns the peers, or only the names of the absent ones and how to install them
   */
  static async open({
    python,
    flashKmeans = process.env[FLASH_KMEANS_DIR],
    signal,
  }: TorchPeersOptions): Promise<TorchPeers | { readonly infos: readonly PeerInfo[] }> {
    const folders = flashKmeans === undefined || flashKmeans === '' ? [] : [flashKmeans];
    return firstInterpreter(python, HOW_TO_INSTALL, signal, async (candidate) => {
      const command = [candidate, workerFile('torch_peers.py'), ...folders] as const;
      const child = new JsonLinesProcess([...command], candidate, { PYTHONDONTWRITEBYTECODE: '1' }, signal);
      try {
        return new TorchPeers(child, candidate, await child.ask(Hello, 'hello'));
      } catch (error) {
        child.close();
        throw error;
      }
    });
  }

  /** Versions, and the device once PyTorch has been loaded. */
  get infos(): readonly PeerInfo[] {
    const { python, versions } = this.#hello;
    const loaded = this.#loaded;
    const torch =
      (versions['numpy'] ?? null) === null ? null : (loaded?.version ?? versions['torch'] ?? null);
    const cuda = loaded?.cuda ?? null;
    const interpreter = `${this.#python} ${python}`;
    const runtime = [
      interpreter,
      ...(loaded === undefined ? [] : [loaded.triton === null ? 'no triton' : `triton ${loaded.triton}`]),
      ...(cuda === null ? [] : [`CUDA ${cuda}`]),
      ...(loaded === undefined ? [] : [loaded.gpu ?? 'the CPU']),
    ].join(', ');
    const infos: PeerInfo[] = [{ name: 'torch', version: torch, runtime, install: HOW_TO_INSTALL.torch }];
    if (loaded !== undefined) {
      infos.push({
        name: 'flash-kmeans',
        version: loaded.flash?.version ?? null,
        runtime: loaded.flash === null ? interpreter : `${interpreter}, ${loaded.flash.kernels}`,
        install: HOW_TO_INSTALL['flash-kmeans'],
      });
    }
    return infos;
  }

  /**
   * Loads PyTorch. Returns the GPU that it computes on, null when it has none, and whether flash-kmeans can run.
   *
   * @throws {PeerError} when it cannot be loaded
   */
  async load(): Promise<{ readonly gpu: string | null; readonly flash: boolean }> {
    // This happens every time, to find out when the process has ended or its GPU has failed.
    this.#loaded = await this.#process.ask(Loaded, 'load');
    const { gpu, flash } = this.#loaded;
    return { gpu, flash: flash !== null && flash.version !== null };
  }

  /** Runs an operation of workers/torch_peers.py; arrays are exchanged as files. */
  time(operation: TorchWork, request: object): Promise<Timing> {
    return this.#process.ask(Timing, operation, request);
  }

  /** The same for a judge, which returns one number. */
  async judge(operation: 'inertia' | 'log_likelihood', request: object): Promise<number> {
    return (await this.#process.ask(Score, operation, request)).score;
  }

  /** Frees the points of the previous workload. */
  async forget(): Promise<void> {
    await this.#process.ask(v.looseObject({}), 'forget');
  }

  close(): void {
    this.#process.close();
  }
}

/** PyTorch if it can be loaded: a broken one counts as absent. */
export async function loadTorch(
  torch: TorchPeers | undefined,
): Promise<{ readonly peers: TorchPeers; readonly gpu: string | null; readonly flash: boolean } | string> {
  if (torch === undefined) return 'torch is absent';
  try {
    return { peers: torch, ...(await torch.load()) };
  } catch (error) {
    if (error instanceof PeerError) return `torch cannot be loaded: ${error.message}`;
    throw error;
  }
}
