import type { Engine } from '../engine/engine.ts';
import { InvalidArgumentError, StateError } from '../errors.ts';
import { HeldPart, surveyOfPart } from './held-part.ts';
import { sumOfAnswers } from './part-answers.ts';
import { SETUP_ARRAYS, type PartAnswer, type PartHost, type PartQuestion } from './part-host.ts';
import { loadPart } from './part-reader.ts';
import { sessionBytes } from './part-rooms.ts';
import type { PartedPoints } from './parted-points.ts';

/** What k-means keeps of each row. */
const BYTES_PER_ROW = 24;

/**
 * Divides the parts of points among several engines of this process, such as several GPUs, so that a fit of k-means computes on
 * all of them at once. Give the points to an estimator whose `engine` is one of them.
 *
 * The bits are those of a fit of the same parts on one engine. Each engine keeps as many of its parts as its share of
 * `memoryBytes` allows; the others are loaded for each pass.
 *
 * @param engines of one name, with the same arithmetic; the caller destroys them after the fit
 * @throws {InvalidArgumentError} when there is no engine, or two differ in their arithmetic
 */
export function spreadParts(points: PartedPoints, engines: readonly Engine[]): PartedPoints {
  if (engines.length === 0) throw new InvalidArgumentError('Points need at least one engine; got none.');
  const [first] = engines;
  const other = engines.find((engine) => arithmeticOf(engine) !== arithmeticOf(first));
  if (other) {
    throw new InvalidArgumentError(
      `Engines that share points must compute alike, but one is ${arithmeticOf(first)} and one is ${arithmeticOf(other)}. Give engines of one kind.`,
    );
  }
  return { ...points, host: new EnginesHost(points, engines) };
}

function arithmeticOf({ name, info }: Engine): string {
  return [name, info.arithmetic].filter(Boolean).join(' with arithmetic ');
}

/** The engines as a host of parts: part i is on engine i modulo their number. */
class EnginesHost implements PartHost {
  readonly #places: readonly EnginePlace[];
  readonly #arrays = new Map<string, Float64Array>();
  #sessions = 0;

  constructor(points: PartedPoints, engines: readonly Engine[]) {
    const starts = startsOf(points);
    const memoryBytes = points.memoryBytes / engines.length;
    const get = (name: string) => this.#get(name);
    this.#places = engines.map((engine) => new EnginePlace(engine, points, starts, memoryBytes, { get }));
  }

  nextSession(): number {
    return ++this.#sessions;
  }

  async put(name: string, values: Float64Array): Promise<void> {
    this.#arrays.set(name, values.slice());
  }

  drop(names: readonly string[]): void {
    for (const name of names) {
      this.#arrays.delete(name);
      // The center is dropped when a session ends.
      const [session, array] = name.split('/');
      if (array === SETUP_ARRAYS[0]) for (const place of this.#places) place.end(Number(session));
    }
  }

  async ask(
    question: PartQuestion,
    parts: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<readonly PartAnswer[]> {
    const answers = new Map<number, PartAnswer>();
    const stop = new AbortController();
    const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    const asking = this.#places.map(async (place, at) => {
      try {
        for (const index of parts.filter((part) => part % this.#places.length === at)) {
          either.throwIfAborted();
          answers.set(index, await place.answer(question, index, either));
        }
      } catch (error) {
        // The other engines need not go on.
        stop.abort(error);
        throw error;
      }
    });
    const failed = (await Promise.allSettled(asking)).find(({ status }) => status === 'rejected');
    if (failed) throw stop.signal.reason;
    return parts.map((index) => {
      const answer = answers.get(index);
      if (answer === undefined) throw new StateError(`Part ${index} was not asked.`);
      return answer;
    });
  }

  async sum(
    question: PartQuestion,
    parts: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<PartAnswer> {
    return sumOfAnswers(await this.ask(question, parts, signal));
  }

  async #get(name: string): Promise<Float64Array> {
    const values = this.#arrays.get(name);
    if (values === undefined) throw new StateError(`No array is shared as ${name}.`);
    return values;
  }
}

/** The parts of one engine. */
class EnginePlace {
  readonly #engine: Engine;
  readonly #points: PartedPoints;
  readonly #starts: readonly number[];
  readonly #arrays: { readonly get: (name: string) => Promise<Float64Array> };
  readonly #held = new Map<string, { readonly part: HeldPart; readonly bytes: number }>();
  #left: number;

  constructor(
    engine: Engine,
    points: PartedPoints,
    starts: readonly number[],
    memoryBytes: number,
    arrays: { readonly get: (name: string) => Promise<Float64Array> },
  ) {
    this.#engine = engine;
    this.#points = points;
    this.#starts = starts;
    this.#left = memoryBytes;
    this.#arrays = arrays;
  }

  async answer(question: PartQuestion, index: number, signal: AbortSignal | undefined): Promise<PartAnswer> {
    const place = { index, start: this.#starts[index] };
    if (question.kind === 'survey') {
      const matrix = await loadPart(this.#points, index, signal);
      return surveyOfPart(matrix, place, question, this.#arrays);
    }
    const key = keyOf(question.setup.session, index);
    const held = this.#held.get(key);
    if (held) return held.part.answer(question, this.#arrays);
    const matrix = await loadPart(this.#points, index, signal);
    const part = await HeldPart.open(this.#engine, matrix, place, question.setup, this.#arrays);
    const bytes = sessionBytes(matrix, BYTES_PER_ROW);
    if (bytes <= this.#left) {
      this.#left -= bytes;
      this.#held.set(key, { part, bytes });
      return part.answer(question, this.#arrays);
    }
    using passing = part;
    return await passing.answer(question, this.#arrays);
  }

  /** Frees the parts of a session. */
  end(session: number): void {
    for (const index of this.#starts.keys()) {
      const key = keyOf(session, index);
      const held = this.#held.get(key);
      if (held === undefined) continue;
      held.part.destroy();
      this.#left += held.bytes;
      this.#held.delete(key);
    }
  }
}

function keyOf(session: number, index: number): string {
  return `${session}/${index}`;
}

function startsOf({ parts }: PartedPoints): readonly number[] {
  let start = 0;
  return parts.map(({ rows }) => {
    const own = start;
    start += rows;
    return own;
  });
}
