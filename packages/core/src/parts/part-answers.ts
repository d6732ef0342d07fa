import { addTotals } from '../engine/arithmetic/add-totals.ts';
import type { PartTotals } from '../engine/kmeans/part-session.ts';
import { StateError } from '../errors.ts';
import type { PartAnswer } from './part-host.ts';

/** The sum of answers that are totals. */
export function sumOf(answers: readonly PartAnswer[]): PartTotals {
  let sum: PartTotals | undefined;
  for (const answer of answers) {
    if (!(answer instanceof BigInt64Array)) throw wrongAnswer(answer);
    if (sum) addTotals(sum, answer);
    else sum = answer.slice();
  }
  return sum ?? new BigInt64Array();
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
