import { NO_CLUSTER } from '../data/labels.ts';
import type { ViewerInputs } from './inputs.ts';

/** Labels as numbers, and the words that they stand for. */
export interface NumberedLabels {
  readonly labels: ArrayLike<number>;
  readonly clusterNames?: readonly string[] | undefined;
}

/**
 * Numbers the clusters of labels that are words, in alphabetical order; labels that are numbers stay as they are. Null and
 * empty texts mean no cluster. Among words, a number is a word.
 */
export function numberLabels(labels: NonNullable<ViewerInputs['labels']>): NumberedLabels {
  if (!hasWords(labels)) return { labels };
  const words = Array.from(labels, (label) => (label === null ? '' : String(label)));
  const clusterNames = [...new Set(words)].filter((word) => word !== '').sort();
  const numbers = new Map(clusterNames.map((name, i) => [name, i]));
  return { labels: Uint32Array.from(words, (word) => numbers.get(word) ?? NO_CLUSTER), clusterNames };
}

function hasWords(labels: NonNullable<ViewerInputs['labels']>): labels is ArrayLike<number | string | null> {
  if (ArrayBuffer.isView(labels)) return false;
  for (let i = 0; i < labels.length; i++)
    if (typeof labels[i] === 'string' || labels[i] === null) return true;
  return false;
}
