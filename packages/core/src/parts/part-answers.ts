import { addTotals } from '../engine/arithmetic/add-totals.ts';
import type { PartTotals } from '../engine/kmeans/part-session.ts';
import { StateError } from '../errors.ts';
import type { PartAnswer } from './part-host.ts';

/**
 * The sum of answers to a question of `PartHost.sum`, entry by entry; no order of them changes a bit.
 *
 * @param sum of the answers before, which is changed; undefined for the first
 */
export function addAnswer(sum: PartAnswer | undefined, answer: PartAnswer): PartAnswer {
  if (sum === undefined) return answer.slice();
  if (sum instanceof BigInt64Array) {
    addTotals(sum, totalsOf(answer));
  } else {
    const added = floatsOf(answer);
    const sums = floatsOf(sum);
    for (let i = 0; i < sums.length; i++) sums[i] += added[i];
  }
  return sum;
}

/** The same of several answers. */
export function sumOfAnswers(answers: Iterable<PartAnswer>): PartAnswer {
  let sum: PartAnswer | undefined;
  for (const answer of answers) sum = addAnswer(sum, answer);
  return sum ?? new Float64Array();
}

export function totalsOf(answer: PartAnswer): PartTotals {
  if (answer instanceof BigInt64Array) return answer;
  throw wrongAnswer(answer);
}

export function floatsOf(answer: PartAnswer): Float64Array {
  if (answer instanceof Float64Array) return answer;
  throw wrongAnswer(answer);
}

export function numbersOf(answer: PartAnswer): ArrayLike<number> {
  if (answer instanceof BigInt64Array) throw wrongAnswer(answer);
  return answer;
}

function wrongAnswer(answer: PartAnswer): StateError {
  return new StateError(`A part answered with ${answer.constructor.name}; its worker is of another version.`);
}
