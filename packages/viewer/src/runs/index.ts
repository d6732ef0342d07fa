import { emit } from '../events.ts';
import type { Runs } from '../state/runs.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { ComparisonSource } from './comparison-source.ts';
import { RunList, type RunChange } from './run-list.ts';

export { addRun } from './add-run.ts';

/**
 * Keeps several runs in a viewer from now on.
 *
 * @param element dispatches the events of the runs
 * @param say tells screen readers
 */
export function startRuns(state: ViewerState, element: EventTarget, say: (message: string) => void): Runs {
  const runs = new RunList(state, (change) => {
    tell(change, element, say);
  });
  state.setRuns(runs);
  new ComparisonSource(state, runs);
  return runs;
}

function tell(change: RunChange, element: EventTarget, say: (message: string) => void): void {
  switch (change.what) {
    case 'add':
      emit(element, 'run-add', { run: change.run });
      say(`The run ${change.run.name} was added.`);
      break;
    case 'remove':
      emit(element, 'run-remove', { run: change.run });
      say(`The run ${change.run.name} was removed.`);
      break;
    case 'rename':
      emit(element, 'run-rename', { run: change.run, before: change.before });
      break;
    case 'show':
      emit(element, 'run-change', { run: change.run, before: change.before });
      say(`The run ${change.run.name} is shown.`);
      break;
    case 'work':
      if (change.error !== undefined) emit(element, 'error', { error: change.error });
      break;
    case 'compare':
      break;
  }
}
