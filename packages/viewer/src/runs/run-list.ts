import type { ClusteringData } from '../data/types.ts';
import { firstRun, type RunComparison, type Runs, type RunWork, type ViewerRun } from '../state/runs.ts';
import { haveSamePoints } from '../state/same-points.ts';
import type { ViewerState } from '../state/viewer-state.ts';

/** What happened to the runs. */
export type RunChange =
  | { readonly what: 'add' | 'remove'; readonly run: ViewerRun }
  | { readonly what: 'show'; readonly run: ViewerRun; readonly before: ViewerRun }
  | { readonly what: 'rename'; readonly run: ViewerRun; readonly before: string }
  | { readonly what: 'compare' }
  | { readonly what: 'work'; readonly error: Error | undefined };

/** The runs of a viewer: one is shown, and may be compared with another. */
export class RunList implements Runs {
  readonly #state: ViewerState;
  readonly #onChange: (change: RunChange) => void;
  #runs: readonly ViewerRun[] = [];
  /** The number of the next run. */
  #next = 1;
  #shown = 0;
  #compared: number | undefined;
  #comparison: RunComparison | undefined;
  #work: RunWork | undefined;

  /**
   * The first run is what the viewer shows.
   *
   * @param onChange is called after each change
   */
  constructor(state: ViewerState, onChange: (change: RunChange) => void) {
    this.#state = state;
    this.#onChange = onChange;
    if (state.data === undefined) return;
    this.#runs = [this.#made(state.data)];
    this.#shown = this.#runs[0].id;
  }

  get all(): readonly ViewerRun[] {
    return this.#runs.map((run) => (run.id === this.#shown ? this.#asShown(run) : run));
  }

  get shown(): ViewerRun | undefined {
    return this.find(this.#shown);
  }

  get compared(): ViewerRun | undefined {
    return this.find(this.#compared);
  }

  get comparison(): RunComparison | undefined {
    return this.#comparison;
  }

  get work(): RunWork | undefined {
    return this.#work;
  }

  find(id: number | undefined): ViewerRun | undefined {
    return this.all.find((run) => run.id === id);
  }

  restart(data: ClusteringData | undefined): void {
    this.stop();
    const { ownData } = this.#state;
    const stays = this.#runs.length > 1 && data && ownData && haveSamePoints(ownData, data);
    const others = stays ? this.all.slice(1) : [];
    this.#runs = data === undefined ? [] : [this.#made(data), ...others];
    this.#shown = this.#runs.at(0)?.id ?? 0;
    if (!others.some(({ id }) => id === this.#compared)) this.#compared = others.at(-1)?.id;
    this.#state.setData(data);
    this.#change({ what: 'compare' });
  }

  add(data: ClusteringData, name?: string): ViewerRun {
    const run = this.#made(data, name);
    this.#runs = [...this.#runs, run];
    this.#compared ??= run.id;
    this.#change({ what: 'add', run });
    return run;
  }

  show(id: number | undefined): void {
    const [run, before] = [this.find(id), this.shown];
    if (run === undefined || before === undefined || run.id === before.id) return;
    this.#runs = this.all;
    this.#shown = run.id;
    if (this.#compared === undefined || this.#compared === run.id) this.#compared = before.id;
    this.#comparison = undefined;
    this.#state.setData(run.data);
    this.#change({ what: 'show', run, before });
  }

  compareWith(id: number | undefined): void {
    if (id === this.#compared || id === this.#shown || this.find(id) === undefined) return;
    this.#compared = id;
    this.#change({ what: 'compare' });
  }

  remove(id: number): void {
    const run = this.find(id);
    const others = this.all.filter((other) => other.id !== id);
    if (run === undefined || others.length === 0) return;
    if (id === this.#shown) this.show((this.compared ?? others[0]).id);
    this.#runs = this.#runs.filter((other) => other.id !== id);
    if (this.#compared === id) this.#compared = others.find((other) => other.id !== this.#shown)?.id;
    this.#change({ what: 'remove', run });
  }

  rename(id: number, name: string): void {
    const before = this.find(id)?.name;
    if (before === undefined || name === before) return;
    this.#runs = this.#runs.map((run) => (run.id === id ? { ...run, name } : run));
    this.#change({ what: 'rename', run: this.find(id)!, before });
  }

  setWork(work: RunWork | undefined): void {
    this.#work = work;
    this.#change({ what: 'work', error: work?.error });
  }

  stop(): void {
    this.#work?.cancel?.();
    this.#work = undefined;
  }

  setComparison(comparison: RunComparison | undefined): void {
    this.#comparison = comparison;
    const { data } = this.#state;
    if (data !== undefined && data.moved !== comparison?.moved)
      this.#state.updateData({ ...data, moved: comparison?.moved });
    this.#state.tellRuns('comparison');
  }

  #made(data: ClusteringData, name?: string): ViewerRun {
    const run = firstRun(data, this.#next++);
    return name === undefined ? run : { ...run, name };
  }

  /** With what changed since it is shown, such as names of clusters. */
  #asShown(run: ViewerRun): ViewerRun {
    const { fitted, ownData = run.data } = this.#state;
    return { ...run, data: { ...(fitted ?? ownData), moved: undefined } };
  }

  #change(change: RunChange): void {
    this.#onChange(change);
    this.#state.tellRuns('runs');
  }
}
