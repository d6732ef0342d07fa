import type { PointResources } from '../../points/resources.ts';

/** The least rows of one dispatch: those of a workgroup. */
const MIN_ROWS = 64;

/** The number of rows of one dispatch, for products with `width` columns. */
export function rowsPerDispatch({ context, points }: PointResources, width: number): number {
  return Math.max(MIN_ROWS, Math.floor(context.submitBudget / (points.columns * width)));
}
