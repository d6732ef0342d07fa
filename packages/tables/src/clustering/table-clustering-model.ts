import {
  CLUSTERER_KINDS,
  DataError,
  type ClustererKind,
  type ClusterModel,
  type Engine,
  type InferenceOptions,
  type ModelState,
} from '@shoal/core';
import {
  kindOfSaved,
  nestModelStates,
  partOfModelState,
  PipelineModel,
  StateReader,
} from '@shoal/core/model-kit';
import { Recipe } from '../recipe/recipe.ts';
import { labelsOfRows } from '../table/labels-of-rows.ts';
import type { Table } from '../table/table.ts';

/** The start of the types of saved models; the name of the kind of clustering follows. */
const TYPE_START = 'table-';

/** The results of a fit. */
export interface TableClusteringFields {
  readonly recipe: Recipe;
  /** The clustering of the points. */
  readonly clustering: ClusterModel;
  /** Name of the kind of clustering: "kmeans". */
  readonly method: string;
  /** The rows of the table that have a point, ascending. */
  readonly rows: Uint32Array;
  /** Rows of the table. */
  readonly tableRows: number;
  /** What happened to which rows, a sentence each. */
  readonly notes: readonly string[];
}

/** Clusters of the rows of a table: frozen. Made by `TableClustering.fit` or `fromState`. */
export class TableClusteringModel extends PipelineModel implements TableClusteringFields {
  readonly recipe: Recipe;
  readonly clustering: ClusterModel;
  readonly method: string;
  readonly rows: Uint32Array;
  readonly tableRows: number;
  readonly notes: readonly string[];
  /** Cluster of each row of the table, or `NO_CLUSTER` for a row without a point. */
  readonly labels: Uint32Array;

  readonly #engine: Engine | undefined;

  constructor(fields: TableClusteringFields, engine?: Engine) {
    super();
    this.recipe = fields.recipe;
    this.clustering = fields.clustering;
    this.method = fields.method;
    this.rows = fields.rows;
    this.tableRows = fields.tableRows;
    this.notes = Object.freeze(fields.notes);
    this.labels = labelsOfRows(fields.clustering.labels, fields.rows, fields.tableRows);
    this.#engine = engine;
    Object.freeze(this);
  }

  /** Warnings for the caller. */
  get warnings(): readonly string[] {
    return this.clustering.warnings;
  }

  /**
   * Cluster of each row of a table, or `NO_CLUSTER` for rows without a point. Its columns are matched by name;
   * weights are not read.
   *
   * @throws like `Recipe.transform` and the `predict` of the clustering
   */
  async predict(table: Table, options: InferenceOptions = {}): Promise<Uint32Array> {
    const { points, rows, tableRows } = this.recipe.transform(table, { weights: false });
    const engine = options.engine ?? this.#engine;
    return labelsOfRows(await this.clustering.predict(points, { ...options, engine }), rows, tableRows);
  }

  /** The recipe and the clustering as plain data; `fromState` reads them back. */
  toState(): ModelState {
    const { recipe, clustering, method, rows, tableRows, notes } = this;
    const parts = nestModelStates(
      `${TYPE_START}${method}`,
      { clustering: clustering.toState() },
      { recipe: recipe.toState(), tableRows, notes },
    );
    return { ...parts, tensors: { ...parts.tensors, rows: { data: rows, shape: [rows.length] } } };
  }

  /**
   * @param engine computes in `predict`; default the one that `defaultEngine` opens
   * @param kinds of clusterings that the model may hold; default those of core
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(
    state: ModelState,
    engine?: Engine,
    kinds: readonly ClustererKind[] = CLUSTERER_KINDS,
  ): TableClusteringModel {
    const kind = kindOfSaved(state.type, TYPE_START, kinds);
    const reader = new StateReader(state, state.type);
    const clustering = kind.load(partOfModelState(state, 'clustering'), engine);
    const tableRows = reader.wholeNumber('tableRows', 1);
    const rows = reader.verify(() => requireRows(reader.labels('rows', tableRows), clustering));
    const fields = {
      recipe: reader.verify(() => Recipe.fromState(state.settings['recipe'])),
      clustering,
      method: kind.method,
      rows,
      tableRows,
      notes: reader.strings('notes'),
    };
    return new TableClusteringModel(fields, engine);
  }
}

/** @throws {DataError} unless the rows ascend, and there is one for each point */
function requireRows(rows: Uint32Array, { labels }: ClusterModel): Uint32Array {
  if (rows.length === labels.length && rows.every((row, i) => i === 0 || row > rows[i - 1])) return rows;
  throw new DataError(`it has ${rows.length} rows for ${labels.length} points, or they do not ascend.`);
}
