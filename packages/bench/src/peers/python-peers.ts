import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { workerFile } from '../worker-file.ts';
import { coreTypeFor } from './blas-core-type.ts';
import { firstInterpreter } from './interpreters.ts';
import { JsonLinesProcess } from './json-lines-process.ts';
import type { PeerInfo } from './peer-info.ts';
import { Timing } from './timing.ts';

/** Modules of Python that Shoal is compared with. */
const PYTHON_PEERS = ['scikit-learn', 'faiss'] as const;
export type PythonPeer = (typeof PYTHON_PEERS)[number];

const HOW_TO_INSTALL: Readonly<Record<PythonPeer, string>> = {
  'scikit-learn': 'apt-get install python3-sklearn, or pip install scikit-learn',
  faiss: 'apt-get install python3-faiss, or pip install faiss-cpu',
};

const Hello = v.object({
  python: v.string(),
  versions: v.record(v.string(), v.nullable(v.string())),
  pools: v.array(
    v.object({
      api: v.nullable(v.string()),
      version: v.nullable(v.string()),
      architecture: v.nullable(v.string()),
      threads: v.nullable(v.number()),
    }),
  ),
});
type Hello = v.InferOutput<typeof Hello>;

const Scored = v.object({ seconds: v.number(), score: v.number() });

export interface PythonPeersOptions {
  /** The interpreter to use; by default `python3`, else `/usr/bin/python3`. */
  readonly python?: string | undefined;
  /** Threads of BLAS and OpenMP; by default the choice of the libraries. */
  readonly threads?: number | undefined;
  readonly signal: AbortSignal;
}

/** scikit-learn and FAISS in a long-lived Python process. */
export class PythonPeers {
  readonly #process: JsonLinesProcess;
  readonly infos: readonly PeerInfo[];

  private constructor(child: JsonLinesProcess, infos: readonly PeerInfo[]) {
    this.#process = child;
    this.infos = infos;
  }

  /**
   * Starts the first interpreter that has one of the modules.
   *
   * @returns the peers, or only the names of the absent ones and how to install them
   */
  static async open(options: PythonPeersOptions): Promise<PythonPeers | { readonly infos: PeerInfo[] }> {
    return firstInterpreter(options.python, HOW_TO_INSTALL, options.signal, (python) =>
      PythonPeers.#start(python, options),
    );
  }

  static async #start(python: string, { threads, signal }: PythonPeersOptions): Promise<PythonPeers> {
    const limits: Record<string, string> = {
      PYTHONDONTWRITEBYTECODE: '1',
      ...(threads !== undefined && { OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` }),
    };
    const open = async (env: Readonly<Record<string, string>>): Promise<[JsonLinesProcess, Hello]> => {
      const child = new JsonLinesProcess([python, workerFile('peers.py')], python, env, signal);
      try {
        return [child, await child.ask(Hello, 'hello')];
      } catch (error) {
        child.close();
        throw error;
      }
    };
    let [child, hello] = await open(limits);
    const coreType = process.env['OPENBLAS_CORETYPE'] ?? coreTypeFor(hello.pools, await cpuFlags());
    if (coreType !== undefined && process.env['OPENBLAS_CORETYPE'] === undefined) {
      child.close();
      [child, hello] = await open({ ...limits, OPENBLAS_CORETYPE: coreType });
    }
    const { versions } = hello;
    const runtime = describeRuntime(python, hello, coreType);
    const infos = PYTHON_PEERS.map((name) => ({
      name,
      version: versions[name] ?? null,
      runtime,
      install: HOW_TO_INSTALL[name],
    }));
    return new PythonPeers(child, infos);
  }

  has(name: PythonPeer): boolean {
    return this.infos.some((info) => info.name === name && info.version !== null);
  }

  /** Runs an operation of workers/peers.py; arrays are exchanged as files. */
  time(operation: string, request: object): Promise<Timing> {
    return this.#process.ask(Timing, operation, request);
  }

  /** The same for an operation whose result is one number. */
  score(operation: string, request: object): Promise<v.InferOutput<typeof Scored>> {
    return this.#process.ask(Scored, operation, request);
  }

  /** Frees the points of the previous workload. */
  async forget(): Promise<void> {
    await this.#process.ask(v.looseObject({}), 'forget');
  }

  close(): void {
    this.#process.close();
  }
}

function describeRuntime(python: string, hello: Hello, coreType: string | undefined): string {
  const pools = hello.pools.map(({ api, version, architecture, threads }) =>
    [api, version, architecture, `${threads ?? '?'} threads`].filter((part) => part !== null).join(' '),
  );
  const forced = coreType === undefined ? [] : [`OPENBLAS_CORETYPE=${coreType}`];
  return [`${python} ${hello.python}`, ...pools, ...forced].join(', ');
}

/** The processor's features; undefined when Linux's list of them cannot be read. */
async function cpuFlags(): Promise<ReadonlySet<string>> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return new Set(/^flags\s*:(.*)$/m.exec(text)?.[1].trim().split(' '));
}
