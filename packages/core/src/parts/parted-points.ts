import { ShapeError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { PartHost } from './part-host.ts';

/** Gives memory of so many bytes, aligned to 8, which another part had before. It stays valid until the part is not used any more. */
export type PartMemory = (bytes: number) => Uint8Array<ArrayBuffer>;

/** Some of the points, which are loaded when their turn comes. */
export interface PointPart {
  readonly rows: number;
  /**
   * Reads the part again at each call. All parts of the same points have the same type of values and the same scale.
   *
   * @param memory where the values may be: to allocate and free memory for each part takes as long as reading it. Absent when
   *   the part must have its own.
   * @throws the signal's reason when it is aborted
   */
  readonly load: (signal?: AbortSignal, memory?: PartMemory) => Promise<Matrix>;
  /**
   * Some of its rows, by their numbers in the part, in their order: where that is quicker than to load them all. Absent
   * otherwise.
   */
  readonly loadRows?: ((rows: Uint32Array, signal?: AbortSignal) => Promise<Matrix>) | undefined;
}

/** Points in parts, in the order of their rows: more of them than memory holds. */
export interface PartedPoints {
  readonly location: 'parts';
  readonly rows: number;
  readonly columns: number;
  readonly parts: readonly PointPart[];
  /** Bytes that a fit may take to keep parts on the engine; the others are loaded again for each pass. */
  readonly memoryBytes: number;
  /**
   * Who else can read the parts, and holds them for fits of k-means. Other fits load them here. Absent when they are only read
   * here.
   */
  readonly host?: PartHost | undefined;
}

/** The part of memory that a fit takes by default: 1 GiB. */
const MEMORY_BYTES = 2 ** 30;

/**
 * Puts parts together. Where points are divided does not change any bit of what is fitted to them, on engines whose sums are
 * exact: the wasm engine's are.
 *
 * @param columns of all parts
 * @param options `host`: see `PartedPoints`
 * @throws {ShapeError} when there is no part, or one without rows
 */
export function partedPoints(
  parts: readonly PointPart[],
  columns: number,
  { memoryBytes = MEMORY_BYTES, host }: Partial<Pick<PartedPoints, 'memoryBytes' | 'host'>> = {},
): PartedPoints {
  if (parts.length === 0) throw new ShapeError('Points in parts need at least one part; got none.');
  const empty = parts.findIndex(({ rows }) => !Number.isSafeInteger(rows) || rows < 1);
  if (empty >= 0) {
    throw new ShapeError(
      `Part ${empty} has ${parts[empty].rows} rows; a part needs at least one. Leave empty parts out.`,
    );
  }
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  return { location: 'parts', rows, columns, parts, memoryBytes, host };
}

/** Whether points come in parts. */
export function areParted(points: unknown): points is PartedPoints {
  return (Object(points) as { readonly location?: unknown }).location === 'parts';
}

/**
 * The same parts, each changed after it is loaded. They are read here: a host knows nothing of the change.
 *
 * @param change of a matrix row by row: it may change the columns, but not the rows, and each row on its own
 * @param columns after the change; by default as before
 */
export function mapParts(
  points: PartedPoints,
  change: (part: Matrix, signal: AbortSignal | undefined) => Promise<Matrix>,
  columns = points.columns,
): PartedPoints {
  const parts = points.parts.map(({ rows, load, loadRows }) => ({
    rows,
    load: async (signal?: AbortSignal, memory?: PartMemory) => change(await load(signal, memory), signal),
    loadRows:
      loadRows &&
      (async (some: Uint32Array, signal?: AbortSignal) => change(await loadRows(some, signal), signal)),
  }));
  return { ...points, columns, parts, host: undefined };
}
