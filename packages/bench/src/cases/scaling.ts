import type { BenchCase, Workload } from '../bench-case.ts';
import { noise, startingRows } from '../data/point-sets.ts';
import { openSteps } from './kmeans-step.ts';
import { lloydWork, type Shape } from './work.ts';

const SEED = 64;

/** Target number of multiplications in one iteration, for a cell of the sweeps over D and K. */
const CELL = 2e9;
/** Greatest and least number of points of such a cell. */
const MOST_ROWS = 1e6;
const LEAST_ROWS = 8192;

/** How the time of a Lloyd iteration grows with N, D and K. */
export const scaling: BenchCase = {
  name: 'scaling',
  summary: 'one Lloyd iteration over a range of N, D and K, per point, centroid and dimension',
  onlyWhenNamed: true,
  workloads: (quick) => scalingShapes(quick).map(([axis, shape]) => cell(axis, shape)),
};

/** What a cell varies: its name in the report, and the key in its parameters. */
type Axis = 'rows' | 'columns' | 'clusters';

function scalingShapes(quick: boolean): (readonly [Axis, Shape])[] {
  const rows = quick ? [100, 200] : [1e4, 3e4, 1e5, 3e5, 1e6, 4e6];
  const columns = quick ? [2, 8] : [2, 8, 32, 128, 512, 1024];
  const clusters = quick ? [2, 8] : [2, 8, 64, 512, 4096];
  const fixed = quick ? { columns: 4, clusters: 4 } : { columns: 32, clusters: 64 };
  const rowsOfCell = (perRow: number): number =>
    quick ? 100 : Math.round(Math.min(MOST_ROWS, Math.max(LEAST_ROWS, CELL / perRow)));
  return [
    ...rows.map((count) => ['rows', { rows: count, ...fixed }] as const),
    ...columns.map(
      (count) =>
        [
          'columns',
          { rows: rowsOfCell(count * fixed.clusters), columns: count, clusters: fixed.clusters },
        ] as const,
    ),
    ...clusters.map(
      (count) =>
        [
          'clusters',
          { rows: rowsOfCell(count * fixed.columns), columns: fixed.columns, clusters: count },
        ] as const,
    ),
  ];
}

function cell(axis: Axis, shape: Shape): Workload {
  const iterations = 3;
  return {
    name: `${axis}-${shape[axis]}`,
    parameters: {
      axis,
      ...shape,
      dtype: 'float32',
      data: 'N(0, I)',
      seed: SEED,
      start: 'K random rows',
      iterations,
      tolerance: 0,
    },
    quality: { name: 'inertia', tolerance: null },
    work: lloydWork(shape, 1),
    timed: 'iteration',
    repetitions: 3,
    async prepare(context) {
      const points = await noise(shape.rows, shape.columns, SEED, context.signal);
      const start = startingRows(points, shape.clusters, SEED);
      const { contender, release } = await openSteps({ points, start, iterations }, points, context);
      return { contenders: [contender], release };
    },
  };
}
