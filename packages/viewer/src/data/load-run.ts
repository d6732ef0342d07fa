import { ShoalError, type JsonValue, type ProgressListener } from '@shoal/core';
import { decodeRun, MissingFileError, RUN_FILES, type Run } from '@shoal/data/run';
import { decodeView } from './decode-view.ts';
import { historyOf } from './history.ts';
import { clusterLabels, countClusters } from './labels.ts';
import { summarize } from './summaries.ts';
import type { ClusteringData } from './types.ts';
import { VIEW_FILE } from './view-file.ts';

/** A file of a run could not be fetched. */
export class RunUnavailableError extends ShoalError {
  readonly code = 'RUN_UNAVAILABLE';
  /** Address of the file. */
  readonly url: string;
  /** The server's status; nothing when there was no answer. */
  readonly status: number | undefined;

  constructor(url: string, status: number | undefined, message: string, options?: ErrorOptions) {
    super(message, options);
    this.url = url;
    this.status = status;
  }
}

export interface LoadRunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is called with the bytes so far: phase "loading". */
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * Loads a viewer's data from a run folder. A run of an older Shoal, without `view.safetensors`, has no map; the notes say
 * how to get one.
 *
 * @param url address of the folder; a relative one is resolved against the page, or the worker's script
 * @throws {RunUnavailableError} when a file is not there or cannot be fetched
 * @throws {FormatError} when a file is malformed, of another version, or does not fit the others
 * @throws the signal's reason when it is aborted
 */
export async function loadRun(url: string | URL, options: LoadRunOptions = {}): Promise<ClusteringData> {
  const folder = folderUrl(url);
  const files = new RunFiles(folder, options);
  const view = await files.find(VIEW_FILE);
  if (view) return decodeView(view, new URL(VIEW_FILE, folder).href);
  const read = (name: string): Promise<Uint8Array> =>
    name === RUN_FILES.recipe ? files.getOptional(name) : files.get(name);
  return withoutMap(await decodeRun(read, folder.href.replace(/\/$/, '')));
}

function folderUrl(url: string | URL): URL {
  const base = typeof location === 'undefined' ? undefined : location.href;
  const folder = new URL(url, base);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}

class RunFiles {
  readonly #folder: URL;
  readonly #options: LoadRunOptions;
  #received = 0;

  constructor(folder: URL, options: LoadRunOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** @returns nothing when the server has no such file */
  async find(name: string): Promise<Uint8Array | undefined> {
    const { signal } = this.#options;
    const { href } = new URL(name, this.#folder);
    let response;
    try {
      response = await fetch(href, { signal: signal ?? null });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new RunUnavailableError(href, undefined, `${href} cannot be fetched: ${String(cause)}.`, {
        cause,
      });
    }
    if (response.status === 404) return undefined;
    if (!response.ok) {
      throw new RunUnavailableError(
        href,
        response.status,
        `${href} cannot be fetched: the server answers ${response.status} ${response.statusText}.`,
      );
    }
    return this.#read(response);
  }

  /** @throws {MissingFileError} when the server has no such file, which a run can do without */
  async getOptional(name: string): Promise<Uint8Array> {
    const bytes = await this.find(name);
    if (bytes) return bytes;
    throw new MissingFileError({ file: new URL(name, this.#folder).href }, 'it is not there.');
  }

  async get(name: string): Promise<Uint8Array> {
    const bytes = await this.find(name);
    if (bytes) return bytes;
    const { href } = new URL(name, this.#folder);
    throw new RunUnavailableError(
      href,
      404,
      `${href} is not there, so this is not the address of a run folder.`,
    );
  }

  async #read(response: Response): Promise<Uint8Array> {
    const { onProgress } = this.#options;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const announced = Number(response.headers.get('content-length'));
    const total = announced > 0 ? this.#received + announced : undefined;
    if (response.body) {
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        chunks.push(part.value);
        this.#received += part.value.length;
        onProgress?.({ phase: 'loading', completed: this.#received, total });
      }
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }
}

/** The data of a run without a view file: everything but the points. */
function withoutMap({ model, labels, metrics, history }: Run): ClusteringData {
  const about = metrics as Readonly<Record<string, JsonValue>>;
  const saved = model.settings['clusters'] ?? model.settings['components'] ?? about['clusters'];
  const clusters = typeof saved === 'number' ? saved : countClusters(labels);
  const numbers = clusterLabels(labels, clusters);
  return {
    count: labels.length,
    total: labels.length,
    positions: new Float32Array(2 * labels.length).fill(NaN),
    projection: 'no map',
    clusters,
    labels: numbers,
    summaries: summarize(numbers, clusters, undefined, { inertia: false }),
    history: historyOf(history as Readonly<Record<string, JsonValue>>),
    metrics: about,
    title: titleOf(about, model.type),
    notes: [
      `This run has no ${VIEW_FILE}, so its points have no place on the map. Fit it again with this version of Shoal to get one.`,
    ],
  };
}

function titleOf({ data, method }: Readonly<Record<string, JsonValue>>, type: string): string {
  return typeof data === 'string' ? `${data}: ${typeof method === 'string' ? method : type}` : type;
}
