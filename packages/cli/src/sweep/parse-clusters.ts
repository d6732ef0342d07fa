import { UsageError } from '../exit-codes.ts';

/** Greatest number of different numbers of clusters. */
const MAX_CLUSTERINGS = 1000;

/**
 * Numbers of clusters as typed: "2..15", "4,8,16", or both.
 *
 * @throws {UsageError} when the text is neither
 */
export function parseClusters(text: string): readonly number[] {
  return parseNumbers(text, '-k takes numbers of clusters');
}

/** Least sizes of a cluster, likewise. */
export function parseSizes(text: string): readonly number[] {
  return parseNumbers(text, '--min-cluster-sizes takes numbers of points');
}

function parseNumbers(text: string, what: string): readonly number[] {
  const found = text.split(',').flatMap((part) => {
    const [from, to = from, ...rest] = part.split('..').map(wholeNumber);
    if (rest.length > 0 || !(from >= 1 && to >= from && to - from < MAX_CLUSTERINGS)) {
      throw new UsageError(`${what} such as 2..15 or 4,8,16, at most ${MAX_CLUSTERINGS}; got "${text}".`);
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(found)];
}

/** NaN for text that is not a whole number. */
function wholeNumber(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
}
