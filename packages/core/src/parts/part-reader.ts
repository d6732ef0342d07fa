import { DataError, ShapeError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { PartedPoints, PartMemory } from './parted-points.ts';

/** A part that is being read, or used. */
interface Loading {
  readonly index: number;
  readonly matrix: Promise<Matrix>;
  /** Memory that the part took from others before it. */
  readonly taken: ArrayBuffer[];
}

/** Loads parts one after another, each while the one before it is used. */
export class PartReader {
  readonly #points: PartedPoints;
  readonly #reuses: boolean;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #ahead: Loading | undefined;
  #used: Loading | undefined;
  /** Memory that no part needs now. A part that is given up while it is read keeps its own. */
  readonly #spare: ArrayBuffer[] = [];

  /**
   * @param signal ends the reading of parts
   * @param reuses whether nobody needs a part any more when the next one is read
   */
  constructor(points: PartedPoints, signal: AbortSignal | undefined, reuses = false) {
    this.#points = points;
    this.#reuses = reuses;
    this.#signal = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
  }

  /** Begins to load a part, if no other is being loaded. */
  prepare(index: number | undefined): void {
    if (index === undefined || this.#ahead !== undefined) return;
    this.#ahead = this.#load(index);
    // A reader of the part gets the error. There may be no reader when a fit ends early.
    this.#ahead.matrix.catch(() => undefined);
  }

  /**
   * A part, and begins to load the next one that will be read.
   *
   * @throws {ShapeError} when it does not have the rows and columns that were said
   */
  async read(index: number, next?: number): Promise<Matrix> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    this.#spare.push(...(this.#used?.taken ?? []));
    this.#used = ahead?.index === index ? ahead : this.#load(index);
    const matrix = await this.#used.matrix;
    this.prepare(next);
    return matrix;
  }

  /** Ends what is being loaded. */
  stop(): void {
    this.#stop.abort(new DataError('Nobody reads these points any more.'));
  }

  #load(index: number): Loading {
    const taken: ArrayBuffer[] = [];
    const memory = (bytes: number): Uint8Array<ArrayBuffer> => {
      const at = this.#spare.findIndex(({ byteLength }) => byteLength >= bytes);
      const buffer = at < 0 ? new ArrayBuffer(bytes) : this.#spare.splice(at, 1)[0];
      taken.push(buffer);
      return new Uint8Array(buffer, 0, bytes);
    };
    const matrix = loadPart(this.#points, index, this.#signal, this.#reuses ? memory : undefined);
    return { index, matrix, taken };
  }
}

/** @throws {ShapeError} when the part does not have the rows and columns that were said */
export async function loadPart(
  { parts, columns }: PartedPoints,
  index: number,
  signal: AbortSignal | undefined,
  memory?: PartMemory,
): Promise<Matrix> {
  const { rows, load } = parts[index];
  const matrix = await load(signal, memory);
  if (matrix.rows !== rows || matrix.columns !== columns) {
    throw new ShapeError(
      `Part ${index} should be ${rows} x ${columns} but was ${matrix.rows} x ${matrix.columns} when it was read; ` +
        'did its file change?',
    );
  }
  return matrix;
}

/**
 * Visits all parts in order; `start` is the first row of the part among all rows.
 *
 * @param options `reuses`: whether nobody needs a part after its visit, so that its memory can be used again; default false
 */
export async function forEachPart(
  points: PartedPoints,
  signal: AbortSignal | undefined,
  visit: (part: Matrix, start: number) => void | Promise<void>,
  { reuses = false }: { readonly reuses?: boolean } = {},
): Promise<void> {
  const reader = new PartReader(points, signal, reuses);
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
