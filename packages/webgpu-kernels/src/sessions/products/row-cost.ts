import type { PointResources } from '../../points/resources.ts';

/** Least rows of one dispatch: a workgroup's. */
const MIN_ROWS = 64;

/** Rows whose products with `width` columns are the work of one dispatch. */
export function rowsPerDispatch({ context, points }: PointResources, width: number): number {
  return Math.max(MIN_ROWS, Math.floor(context.submitBudget / (points.columns * width)));
}
