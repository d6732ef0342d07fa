import type { Matrix, NumberArray, ProgressListener } from '@shoal/core';
import type { Column, ColumnType } from '../table/table.ts';

/** Points that clusters were found in; `TablePoints` of a recipe is one. */
export interface ProfilePoints {
  /** One point per entry of `rows`. */
  readonly points: Matrix;
  /** The row of the table that each point is of. */
  readonly rows: ArrayLike<number>;
}

export interface ProfileOptions {
  /** Number of clusters, K; labels go from 0 to K - 1. */
  readonly clusters: number;
  /** Names given by people, by cluster; the others are made of the first traits. */
  readonly names?: readonly (string | undefined)[] | undefined;
  /**
   * The columns to describe: their indices, or a function that says so. Default all; leave out ids, and a column of
   * classes that clusters are to be compared with.
   */
  readonly columns?: readonly number[] | ((column: Column, index: number) => boolean) | undefined;
  /** Distance of each row to the center of its cluster: the nearest rows are typical. NaN for rows without one. */
  readonly distances?: NumberArray | undefined;
  /**
   * How clearly each row belongs to its cluster: its probability, or how much further the second cluster is. Rows with
   * the smallest margin are borderline; without margins, those with the greatest distance. NaN for rows without one.
   */
  readonly margins?: NumberArray | undefined;
  /** The points that were clustered: they show whether there are gaps between clusters. */
  readonly points?: ProfilePoints | undefined;
  /** For samples of rows; a whole number of at least 0, default 0. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** What each cluster is. Plain data, which JSON can hold. */
export interface Profiles {
  readonly format: 'shoal-profiles';
  readonly version: 1;
  readonly rows: number;
  /** Rows that are in no cluster. */
  readonly withoutCluster: number;
  /** One per cluster, in their order; empty ones too. */
  readonly clusters: readonly ClusterProfile[];
  /** The columns that were described, in the table's order. */
  readonly columns: readonly ColumnSummary[];
  readonly separation: Separation;
}

export interface ClusterProfile {
  readonly cluster: number;
  /** Number of rows. */
  readonly size: number;
  /** Part of all rows. */
  readonly share: number;
  /** The name that was given, or one made of the first traits. */
  readonly name: string;
  /** What sets the cluster apart, the most distinctive first; at most 12. */
  readonly traits: readonly Trait[];
  /** A sentence when nothing sets the cluster apart, or when there is no gap to the nearest one. */
  readonly note?: string | undefined;
  /** Rows of the table nearest to the center, at most 5; none without distances. */
  readonly typical: readonly number[];
  /** Rows of the table that nearly belong to another cluster, at most 5; none without margins or distances. */
  readonly borderline: readonly number[];
  /** Where the nearest other cluster is; absent when it was not judged. */
  readonly nearest?: NearestCluster | undefined;
}

interface NamedTrait {
  /** Index of the column in the table. */
  readonly column: number;
  /** The column's name. */
  readonly name: string;
  /**
   * Standardized difference: the mean in the cluster less that of all other rows, in standard deviations of the column.
   * For levels, words and missing values, of a column that is 1 in rows that have them, and 0 in others.
   */
  readonly effect: number;
}

/** Values that can be compared by their size. */
interface OrderedTrait extends NamedTrait {
  /**
   * Set where the values are neither greater nor smaller than those of the other rows, but lie between them, closer together than
   * those of a random group.
   */
  readonly middle?: true | undefined;
}

/** Numbers that are greater or smaller here, or between those of the others. */
export interface NumberTrait extends OrderedTrait {
  readonly kind: 'number';
  /** Median and quartiles of the cluster. */
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  /** Median of all rows. */
  readonly overall: number;
  /** Median of the rows that are not in the cluster. */
  readonly others: number;
}

/** A period, as texts in ISO 8601. */
export interface DateTrait extends OrderedTrait {
  readonly kind: 'date';
  readonly median: string;
  readonly lower: string;
  readonly upper: string;
  readonly overall: string;
  readonly others: string;
}

/** A category, or true or false, that is more or less frequent here. */
export interface LevelTrait extends NamedTrait {
  readonly kind: 'level';
  readonly level: string;
  /** Part of the cluster's rows. */
  readonly share: number;
  /** Part of all rows. */
  readonly overall: number;
  /** Part of the rows that are not in the cluster. */
  readonly others: number;
  /** `share / overall`. */
  readonly lift: number;
}

/** Missing values that are more or less frequent here. */
export interface MissingTrait extends NamedTrait {
  readonly kind: 'missing';
  readonly share: number;
  readonly overall: number;
  readonly others: number;
  readonly lift: number;
}

/** Words of texts that are more frequent here. */
export interface WordsTrait extends NamedTrait {
  readonly kind: 'words';
  readonly words: readonly DistinctiveWord[];
}

export interface DistinctiveWord {
  /** In lower case. */
  readonly word: string;
  /** Its class-based TF-IDF. */
  readonly score: number;
  /** Part of the cluster's rows whose text has the word. */
  readonly share: number;
  /** Part of all rows. */
  readonly overall: number;
}

export type Trait = NumberTrait | DateTrait | LevelTrait | MissingTrait | WordsTrait;

/** A column over all rows. */
export interface ColumnSummary {
  /** Index of the column in the table. */
  readonly column: number;
  readonly name: string;
  readonly type: ColumnType;
  /** How clusters were compared by it; `none` for vectors and bytes. */
  readonly describedAs: 'number' | 'date' | 'levels' | 'words' | 'none';
  /** Rows without a value. */
  readonly missing: number;
  /** Median and quartiles of numbers and dates (as ISO 8601); absent when all are missing. */
  readonly median?: number | string | undefined;
  readonly lower?: number | string | undefined;
  readonly upper?: number | string | undefined;
  /** The most frequent levels, at most 10, with their parts of all rows. */
  readonly levels?: readonly { readonly level: string; readonly share: number }[] | undefined;
}

export interface NearestCluster {
  readonly cluster: number;
  /**
   * Distance of the two centers in standard deviations of the rows along the line between them; at most 10. Halves of
   * one normal distribution have 2.65.
   */
  readonly gap: number;
}

export interface Separation {
  /**
   * `clear`: gaps between the clusters; `weak`: small ones; `none`: the clusters are parts of one cloud, as the same
   * number of clusters would be in points without groups; `unknown`: not judged.
   */
  readonly verdict: 'clear' | 'weak' | 'none' | 'unknown';
  /** Mean gap to the nearest cluster, over the rows; absent when unknown. */
  readonly gap?: number | undefined;
  /** The same, of clusters that k-means finds in points without groups: normally distributed, with the same covariances. */
  readonly chanceGap?: number | undefined;
  /** How many clusters have at least one trait. */
  readonly clustersWithTraits: number;
  /** What this means, in one or two sentences. */
  readonly summary: string;
}
