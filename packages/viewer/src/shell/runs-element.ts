import type { ClusteringData } from '../data/types.ts';
import type { RunInput } from '../runs/add-run.ts';
import { firstRun, type Runs, type ViewerRun } from '../state/runs.ts';
import { loadRuns } from '../views/load-view.ts';
import { ExploringElement } from './exploring-element.ts';

/** The properties by which a page keeps several runs of the same points. */
export abstract class RunsElement extends ExploringElement {
  /** The runs of the shown points, in the order in which they came; the first is what the page gave. */
  get runs(): readonly ViewerRun[] {
    const { runs, data } = this.state;
    return runs?.all ?? (data === undefined ? [] : [firstRun(data)]);
  }

  /** The number (`id`) of the run that is shown; a number that is no run is ignored. */
  get run(): number | undefined {
    const { runs, data } = this.state;
    return runs === undefined ? data && 1 : runs.shown?.id;
  }

  set run(id: number | undefined) {
    this.state.runs?.show(id);
  }

  /** The number (`id`) of the run that the shown one is compared with. */
  get comparedRun(): number | undefined {
    return this.state.runs?.compared?.id;
  }

  set comparedRun(id: number | undefined) {
    this.state.runs?.compareWith(id);
  }

  /** All of the data; setting it stops any loading. */
  get data(): ClusteringData | undefined {
    return this.state.data;
  }

  set data(data: ClusteringData | undefined) {
    this.source.clear();
    this.onData(data);
  }

  /**
   * Adds a run of the shown points, beside those that there are; set `run` to show it.
   *
   * @throws {StateError} while no data is shown
   * @throws {ShapeError} when it is not of the points that are shown
   * @throws {InvalidArgumentError} for anything but a run
   */
  async addRun(input: RunInput): Promise<ViewerRun> {
    await this.updateComplete;
    await this.source.settled();
    const { addRun } = await loadRuns();
    return addRun(await this.startRuns(), input);
  }

  /** Takes a run out of the list, except for the only one. */
  removeRun(id: number): void {
    this.state.runs?.remove(id);
  }

  /** Gives a run another name. */
  renameRun(id: number, name: string): void {
    this.state.runs?.rename(id, name);
  }

  /** Loads the code that keeps more than one run. @internal */
  protected async startRuns(): Promise<Runs> {
    const { startRuns } = await loadRuns();
    return this.state.runs ?? startRuns(this.state, this, this.say);
  }

  /** Tells screen readers. @internal */
  protected abstract readonly say: (message: string) => void;
}
