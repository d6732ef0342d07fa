export type {
  BooleanColumn,
  BytesColumn,
  Column,
  ColumnType,
  DateColumn,
  NumberColumn,
  NumberValues,
  Table,
  TextColumn,
  VectorColumn,
} from './table/table.ts';
export { cellAt, isEmpty, isMissing, MISSING_BOOLEAN, MISSING_CODE, type Cell } from './table/cells.ts';
export { BOOLEAN_WORDS, type BooleanWords } from './table/boolean-words.ts';
export { NUMBER_ARRAYS } from './table/number-arrays.ts';
export { inUnit } from './table/units.ts';
export { takeRows } from './table/take-rows.ts';
export { columnOf, tableOf, type TableOptions } from './table/table-of.ts';
export { classesOf, type Classes } from './table/classes-of.ts';
export { findColumn, type ColumnReference } from './table/find-column.ts';
export { labelColumnOf } from './table/label-column.ts';
export { labelsOfRows } from './table/labels-of-rows.ts';
export { pointsArray, smallestKind, type PointsKind } from './table/smallest-kind.ts';
export { profileClusters } from './profiles/profile-clusters.ts';
export type {
  ClusterProfile,
  ColumnSummary,
  DateTrait,
  DistinctiveWord,
  LevelTrait,
  MissingTrait,
  NearestCluster,
  NumberTrait,
  ProfileOptions,
  ProfilePoints,
  Profiles,
  Separation,
  Trait,
  WordsTrait,
} from './profiles/types.ts';
export { profileText, type ProfileTextOptions } from './profiles/profile-text.ts';
export { percent } from './profiles/trait-cells.ts';
export { traitText } from './profiles/trait-text.ts';
export { describedColumns } from './recipe/described-columns.ts';
export { withDateColumns } from './recipe/with-date-columns.ts';
export { codesOf, type Codes } from './recipe/codes-of.ts';
export { hasIdName } from './recipe/id-columns.ts';
export { Recipe } from './recipe/recipe.ts';
export {
  COLUMN_ROLES,
  MISSING_RULES,
  RECIPE_SCALINGS,
  type ColumnRole,
  type MissingRule,
  type RecipeOptions,
  type RecipeScaling,
  type RolePairs,
} from './recipe/options.ts';
export type {
  CategoryEncoding,
  ChosenScaling,
  ColumnEncoding,
  ColumnPurpose,
  ColumnUse,
  NumberEncoding,
  VectorEncoding,
} from './recipe/plan.ts';
export type { PointColumn } from './recipe/point-columns.ts';
export type { TablePoints, TransformOptions } from './recipe/transform.ts';
export type { RecipeState } from './recipe/write-state.ts';
export { TableClustering, type TableClusteringOptions } from './clustering/table-clustering.ts';
export { TableClusteringModel, type TableClusteringFields } from './clustering/table-clustering-model.ts';
