import type { ClusteringData, ClusterViewer, LiveFitSettings } from '@shoal/viewer';
import { describeClusters } from '@shoal/viewer/data';
import { profilesOf } from './describe-clusters.ts';
import { withPoints, type Opened, type PointSource } from './read-file.ts';

type Method = LiveFitSettings['method'];

/**
 * Greatest number of columns for full covariances: with more columns they have more values than these points can
 * determine.
 */
const MAX_COLUMNS_FOR_FULL = 16;

/** The parts of the page besides the viewer. */
export interface LivePage {
  readonly viewer: ClusterViewer;
  /** The reader's choice; undefined when it is incomplete, and then the page says so. */
  readonly settings: () => { readonly clusters: number; readonly seed: number } | undefined;
  readonly say: (text: string) => void;
  readonly complain: (error: unknown) => void;
}

/** Opens data and fits them; the last request wins. */
export class Live {
  readonly #page: LivePage;
  #turn = 0;
  /** What the shown points were made of. */
  #source: PointSource | undefined;
  /** What was read and done with the file. */
  #notes: readonly string[] = [];

  constructor(page: LivePage) {
    this.#page = page;
  }

  /**
   * Shows data, and clusters those that are not clustered yet.
   *
   * @param name for people
   */
  async open(name: string, load: () => Promise<Opened>): Promise<void> {
    const { viewer, say } = this.#page;
    await this.#inTurn(async (isWanted) => {
      say(`Opening ${name} …`);
      const { data, source } = await load();
      if (!isWanted()) return;
      this.#source = source;
      this.#notes = data.notes;
      viewer.data = data;
      say(`${name}: ${data.count.toLocaleString('en')} points.`);
      if (data.clusters === 0) await this.#fit('kmeans', data, isWanted);
    });
  }

  /** Clusters the shown data again. */
  async fit(method: Method): Promise<void> {
    const { viewer, say } = this.#page;
    await this.#inTurn(async (isWanted) => {
      const { data } = viewer;
      if (data === undefined) {
        say('There is nothing to cluster yet: open a file first.');
        return;
      }
      if (data.points === undefined) {
        const fittable = await withPoints(data);
        if (!isWanted()) return;
        viewer.data = fittable;
      }
      await this.#fit(method, viewer.data ?? data, isWanted);
    });
  }

  async #fit(method: Method, { points }: ClusteringData, isWanted: () => boolean): Promise<void> {
    const { viewer, settings, say } = this.#page;
    const chosen = settings();
    if (chosen === undefined) return;
    const name = method === 'kmeans' ? 'k-means' : 'The Gaussian mixture';
    say(`${name} is running …`);
    const { done } = await viewer.fit({
      ...chosen,
      method,
      covarianceType: (points?.columns ?? 0) > MAX_COLUMNS_FOR_FULL ? 'diag' : 'full',
    });
    const outcome = await done;
    if (!isWanted()) return;
    if (outcome !== undefined) await this.#describe(isWanted);
    if (!isWanted()) return;
    if (outcome === undefined) {
      say(`${name} was canceled.`);
      return;
    }
    const { converged, iterations, value, measure } = outcome;
    const end = converged ? 'converged' : 'stopped';
    say(`${name} ${end} after ${iterations} iterations: ${measure} ${value.toPrecision(7)}.`);
  }

  /** Adds what the fit does not know: the notes of the file, and what sets the clusters apart. */
  async #describe(isWanted: () => boolean): Promise<void> {
    const { viewer } = this.#page;
    const { data } = viewer;
    if (data === undefined || this.#source === undefined) return;
    const profiles = await profilesOf(data, this.#source);
    if (!isWanted()) return;
    viewer.describe({
      ...describeClusters(profiles),
      notes: [...this.#notes, profiles.separation.summary],
    });
  }

  async #inTurn(action: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    const turn = ++this.#turn;
    const isWanted = (): boolean => turn === this.#turn;
    try {
      await action(isWanted);
    } catch (error) {
      if (isWanted()) this.#page.complain(error);
    }
  }
}
