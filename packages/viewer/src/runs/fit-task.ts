import type { Matrix } from '@shoal/core';
import type { RecipeScaling } from '@shoal/tables';
import type { ClassesInput } from '../data/classes.ts';
import type { ViewColumn } from '../data/columns.ts';
import type { ClusteringData } from '../data/types.ts';

/** What a reader chooses for a fit. */
export interface RunFitSettings {
  /** One of `FIT_METHODS`. */
  readonly method: string;
  /** Number of clusters; `auto` chooses it by criteria that need no classes. Ignored by methods that find it. */
  readonly clusters: number | 'auto';
  /** Least number of points of a cluster, for methods that find their number. */
  readonly minClusterSize: number;
  readonly scaling: RecipeScaling;
  /** Places of the columns that are left out, from 0. */
  readonly exclude: readonly number[];
  readonly seed: number;
}

/** What is clustered: points, or the columns of a table. */
export type FitSource =
  | { readonly points: Matrix; readonly columnNames: readonly string[] }
  | { readonly columns: readonly ViewColumn[] };

/** A fit of the shown points, with the parts of the view that its result is shown with. */
export interface RunTask extends Pick<ClusteringData, 'count' | 'positions' | 'images'> {
  readonly settings: RunFitSettings;
  readonly source: FitSource;
  readonly classes: ClassesInput | undefined;
}
