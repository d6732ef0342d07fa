import * as v from 'valibot';
import { workerFile } from '../worker-file.ts';
import { JsonLinesProcess } from './json-lines-process.ts';
import type { PeerInfo } from './peer-info.ts';
import { Timing } from './timing.ts';

/** Libraries from npm that Shoal is compared with. */
export const NPM_PEERS = ['ml-kmeans', 'clustering-tfjs'] as const;
export type NpmPeer = (typeof NPM_PEERS)[number];

const HOW_TO_INSTALL: Readonly<Record<NpmPeer, string>> = {
  'ml-kmeans': 'npm install ml-kmeans',
  // Not by its name from npm: the name was free when this was written, so anybody could publish under it.
  'clustering-tfjs':
    'build github.com/CRJFisher/clustering-tfjs beside @tensorflow/tfjs and give its folder as --peer-modules',
};

const Hello = v.object({ node: v.string(), versions: v.record(v.string(), v.nullable(v.string())) });

export interface NpmKMeansRequest {
  readonly points: string;
  readonly columns: number;
  /** A file of starting centroids; absent for a k-means++ start. */
  readonly centroids?: string | undefined;
  readonly clusters: number;
  readonly iterations: number;
  readonly seed: number;
  readonly out: string;
}

/** Clustering libraries from npm, in their own process. */
export class NpmPeers {
  readonly #process: JsonLinesProcess;
  readonly infos: readonly PeerInfo[];

  private constructor(child: JsonLinesProcess, infos: readonly PeerInfo[]) {
    this.#process = child;
    this.infos = infos;
  }

  /** @param folder a folder to search before the dependencies of this package */
  static async open(folder: string | undefined, signal: AbortSignal): Promise<NpmPeers> {
    const folders = folder === undefined ? [] : [folder];
    const command = [process.execPath, workerFile('npm-peers.mjs'), ...folders] as const;
    const child = new JsonLinesProcess([...command], 'The process of the npm peers', {}, signal);
    try {
      const { node, versions } = await child.ask(Hello, 'hello');
      const infos = NPM_PEERS.map((name) => ({
        name,
        version: versions[name] ?? null,
        runtime: `Node.js ${node}, 1 thread`,
        install: HOW_TO_INSTALL[name],
      }));
      return new NpmPeers(child, infos);
    } catch (error) {
      child.close();
      throw error;
    }
  }

  has(name: NpmPeer): boolean {
    return this.infos.some((info) => info.name === name && info.version !== null);
  }

  kmeans(name: NpmPeer, request: NpmKMeansRequest): Promise<Timing> {
    return this.#process.ask(Timing, name, { ...request, centroids: request.centroids ?? '' });
  }

  /** Frees the points of the previous workload. */
  async forget(): Promise<void> {
    await this.#process.ask(v.looseObject({}), 'forget');
  }

  close(): void {
    this.#process.close();
  }
}
