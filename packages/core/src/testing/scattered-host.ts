import type { Engine } from '../engine/engine.ts';
import { sumOfAnswers } from '../parts/part-answers.ts';
import { HeldPart, surveyOfPart } from '../parts/held-part.ts';
import type { PartAnswer, PartHost, PartQuestion } from '../parts/part-host.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
import { Random } from '../random.ts';

/** Places that may hold a part. */
const PLACES = 3;
/** The share of visits after which a place forgets the part. */
const FORGETS = 0.3;

/**
 * The same points, held in several places. Each question goes to the parts in another order, to any place, sometimes to two of
 * them, and places forget what they hold. Questions and answers are copied, as between processes.
 *
 * @param engine of all places; the caller destroys the host before it
 */
export function scatter(
  points: PartedPoints,
  engine: Engine,
  seed: number,
): { readonly points: PartedPoints; destroy(): void } {
  const random = new Random(seed);
  const arrays = new Map<string, Float64Array>();
  const held = new Map<string, HeldPart>();
  const starts = points.parts.map((_, i) =>
    points.parts.slice(0, i).reduce((sum, { rows }) => sum + rows, 0),
  );
  const shared = {
    get: async (name: string) => {
      const values = arrays.get(name);
      if (values === undefined) throw new Error(`No array is shared as ${name}.`);
      return structuredClone(values);
    },
  };
  const answerAt = async (question: PartQuestion, index: number): Promise<PartAnswer> => {
    const place = { index, start: starts[index] };
    if (question.kind === 'survey') {
      return surveyOfPart(await points.parts[index].load(), place, question, shared);
    }
    const key = [question.setup.session, index, Math.floor(random.uniform() * PLACES)].join();
    const part =
      held.get(key) ??
      (await HeldPart.open(engine, await points.parts[index].load(), place, question.setup, shared));
    held.set(key, part);
    const answer = structuredClone(await part.answer(question, shared));
    if (random.uniform() < FORGETS) {
      part.destroy();
      held.delete(key);
    }
    return answer;
  };
  let sessions = 0;
  const host: PartHost = {
    nextSession: () => ++sessions,
    put: async (name, values) => void arrays.set(name, structuredClone(values)),
    drop: (names) => {
      for (const name of names) arrays.delete(name);
    },
    ask: async (question, parts, signal) => {
      const answers = new Map<number, PartAnswer>();
      const order = random.distinct(parts.length, parts.length);
      for (const at of [...order, ...order.filter(() => random.uniform() < FORGETS)]) {
        signal?.throwIfAborted();
        answers.set(parts[at], await answerAt(structuredClone(question), parts[at]));
      }
      return parts.map((index) => answers.get(index) ?? new Float64Array());
    },
    sum: async (question, parts, signal) => {
      const answers = await host.ask(question, parts, signal);
      return sumOfAnswers(Array.from(random.distinct(parts.length, parts.length), (at) => answers[at]));
    },
  };
  return {
    points: { ...points, host },
    destroy: () => {
      for (const part of held.values()) part.destroy();
      if (arrays.size > 0) throw new Error(`Still shared: ${[...arrays.keys()].join()}.`);
    },
  };
}
