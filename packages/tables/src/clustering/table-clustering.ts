import {
  CLUSTERER_KINDS,
  type Clusterer,
  type ClustererChoice,
  type ClusterFitOptions,
  type Engine,
  type OwnChoice,
} from '@shoal/core';
import { chosenKind } from '@shoal/core/model-kit';
import type { RecipeOptions } from '../recipe/options.ts';
import { Recipe } from '../recipe/recipe.ts';
import type { Table } from '../table/table.ts';
import { TableClusteringModel } from './table-clustering-model.ts';

export interface TableClusteringOptions {
  /** How the points are clustered: `{ method: 'kmeans', clusters: 3 }`, or `{ kind, ...settings }` of any other kind. */
  readonly clustering: ClustererChoice | OwnChoice;
  /** How the columns become points. */
  readonly recipe?: RecipeOptions | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/**
 * Clusters the rows of a table: a recipe makes points of its columns, and any clustering divides them.
 *
 * @example
 *   const table = tableOf({ species: ['Adelie', 'Gentoo', ...], mass: [3750, 5000, ...] });
 *   const clustering = { method: 'kmeans', clusters: 3 } as const;
 *   const model = await new TableClustering({ clustering }).fit(table);
 *   model.labels; // one per row
 */
export class TableClustering {
  readonly #clusterer: Clusterer;
  readonly #method: string;
  readonly #recipe: RecipeOptions;
  readonly #engine: Engine | undefined;

  /** @throws {InvalidArgumentError} when a setting is out of range or of the wrong kind */
  constructor({ clustering, recipe = {}, seed = 0, engine }: TableClusteringOptions) {
    const { kind, settings } = chosenKind(clustering, CLUSTERER_KINDS);
    this.#method = kind.method;
    this.#clusterer = kind.create(settings, { seed, engine });
    this.#recipe = recipe;
    this.#engine = engine;
  }

  /**
   * Learns the recipe from the table, and clusters its rows. A weight column gives the weights of the fit.
   *
   * @throws like `Recipe.fit`, `Recipe.transform` and the `fit` of the clustering
   */
  async fit(table: Table, options: ClusterFitOptions = {}): Promise<TableClusteringModel> {
    const recipe = Recipe.fit(table, this.#recipe);
    const { points, rows, tableRows, weights, notes } = recipe.transform(table);
    const clustering = await this.#clusterer.fit({ points, weights }, options);
    return new TableClusteringModel(
      { recipe, clustering, method: this.#method, rows, tableRows, notes },
      this.#engine,
    );
  }
}
