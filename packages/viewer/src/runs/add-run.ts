import { InvalidArgumentError, ShapeError, StateError } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { withLabels, type LabelsInput } from '../data/with-labels.ts';
import { integer } from '../interaction/describe.ts';
import type { Runs, ViewerRun } from '../state/runs.ts';
import { sameNumbers } from '../state/same-points.ts';

/** A clustering of the shown points: complete data of the same rows, or only a cluster for each point. */
export type RunInput = { readonly name?: string | undefined } & (
  | { readonly data: ClusteringData }
  | (LabelsInput & { readonly data?: undefined })
);

/**
 * Adds a run to the list.
 *
 * @throws {StateError} while no data is shown
 * @throws {ShapeError} when it is not of the points that are shown
 * @throws {InvalidArgumentError} for anything but a run
 */
export async function addRun(runs: Runs, input: RunInput): Promise<ViewerRun> {
  const shown = runs.shown?.data;
  if (shown === undefined) throw new StateError('The viewer shows no points yet that a run could be of.');
  const given: object = input;
  if (!('labels' in given) && !('data' in given))
    throw new InvalidArgumentError('A run has `data` or `labels`: addRun({ labels: [0, 1, 1] }).');
  const { name = '' } = input;
  const data = input.data ?? { ...(await withLabels(shown, input)), title: name };
  if (data.count !== shown.count || !sameNumbers(data.rows, shown.rows)) {
    const of = data.count === shown.count ? 'points of other rows' : `${integer(data.count)} points`;
    throw new ShapeError(
      `A run is of the ${integer(shown.count)} points that are shown, in their order; got ${of}. ` +
        'Compare runs of other points in <cluster-comparison>.',
    );
  }
  return runs.add(data, input.name);
}
