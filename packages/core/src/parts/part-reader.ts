import { DataError, ShapeError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { PartedPoints } from './parted-points.ts';

/** A part that is being read. */
interface Ahead {
  readonly index: number;
  readonly matrix: Promise<Matrix>;
}

/** Loads parts one after another, each while the one before it is used. */
export class PartReader {
  readonly #points: PartedPoints;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #ahead: Ahead | undefined;

  /** @param signal ends the reading of parts */
  constructor(points: PartedPoints, signal: AbortSignal | undefined) {
    this.#points = points;
    this.#signal = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
  }

  /** Begins to load a part, if no other is being loaded. */
  prepare(index: number | undefined): void {
    if (index === undefined || this.#ahead !== undefined) return;
    const matrix = this.#load(index);
    // A reader of the part gets the error. There may be no reader when a fit ends early.
    matrix.catch(() => undefined);
    this.#ahead = { index, matrix };
  }

  /**
   * A part, and begins to load the next one that will be read.
   *
   * @throws {ShapeError} when it does not have the rows and columns that were said
   */
  async read(index: number, next?: number): Promise<Matrix> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const matrix = await (ahead?.index === index ? ahead.matrix : this.#load(index));
    this.prepare(next);
    return matrix;
  }

  /** Ends what is being loaded. */
  stop(): void {
    this.#stop.abort(new DataError('Nobody reads these points any more.'));
  }

  #load(index: number): Promise<Matrix> {
    return loadPart(this.#points, index, this.#signal);
  }
}

/** @throws {ShapeError} when the part does not have the rows and columns that were said */
export async function loadPart(
  { parts, columns }: PartedPoints,
  index: number,
  signal: AbortSignal | undefined,
): Promise<Matrix> {
  const { rows, load } = parts[index];
  const matrix = await load(signal);
  if (matrix.rows !== rows || matrix.columns !== columns) {
    throw new ShapeError(
      `Part ${index} should be ${rows} x ${columns} but was ${matrix.rows} x ${matrix.columns} when it was read; ` +
        'did its file change?',
    );
  }
  return matrix;
}

/** Visits all parts in order; `start` is the first row of the part among all rows. */
export async function forEachPart(
  points: PartedPoints,
  signal: AbortSignal | undefined,
  visit: (part: Matrix, start: number) => void | Promise<void>,
): Promise<void> {
  const reader = new PartReader(points, signal);
  try {
    let start = 0;
    for (let index = 0; index < points.parts.length; index++) {
      const next = index + 1 < points.parts.length ? index + 1 : undefined;
      const part = await reader.read(index, next);
      await visit(part, start);
      start += part.rows;
      signal?.throwIfAborted();
    }
  } finally {
    reader.stop();
  }
}
