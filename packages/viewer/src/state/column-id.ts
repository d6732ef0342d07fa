/**
 * What colors, sizes, filters and axes can show of a point: a column, as `columnTitles` calls it, how sure its cluster is,
 * its distance to the center of its cluster, or whether another run has it in another cluster.
 */
export type ColumnId = `column:${string}` | 'probability' | 'distance' | 'moved';

/** What sizes of points show: all the same, or a column of numbers. */
export type SizeBy = 'none' | ColumnId;

/** Where points are: the map that came with the data, UMAP in two dimensions, or two columns. */
export type MapBy = 'own' | 'umap' | { readonly x: ColumnId; readonly y: ColumnId };
