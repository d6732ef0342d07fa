import { periodOf, shortened } from './short-text.ts';
import { numberText } from './trait-cells.ts';
import type { ClusterProfile, Trait } from './types.ts';

type NamelessCluster = Pick<ClusterProfile, 'traits' | 'size'>;

const MAX_NAME = 60;
const MAX_PART = 29;
/** At least so much of a part is for the column's name and a colon. */
const MIN_LABEL = 7;
/** A difference that is called "very high" or "very low". */
const VERY = 1.75;

/**
 * A short name for each cluster, made of its first traits; no two are the same.
 *
 * @param given names by people, which stay as they are
 * @param canDiffer whether a cluster of so many rows could have traits; without them, it is then average
 */
export function nameClusters(
  clusters: readonly NamelessCluster[],
  given: readonly (string | undefined)[],
  canDiffer: (size: number) => boolean = () => true,
): readonly string[] {
  const taken = new Set(given.filter((name) => name !== undefined));
  return clusters.map((profile, cluster) => {
    const name = given[cluster] ?? firstFree(candidates(profile, cluster, canDiffer), taken);
    taken.add(name);
    return name;
  });
}

/** Names by the first two traits, then by the first and a later one, by the first alone, and by its value. */
function* candidates(
  { traits, size }: NamelessCluster,
  cluster: number,
  canDiffer: (size: number) => boolean,
): Generator<string> {
  const parts = [...new Set(traits.map(partOf))];
  if (parts.length === 0) {
    const state = size === 0 ? ': empty' : canDiffer(size) ? ': average' : '';
    yield `Cluster ${cluster}${state}`;
    return;
  }
  for (const other of parts.slice(1)) yield `${parts[0]}, ${other}`;
  yield parts[0];
  const [first] = traits;
  if (first.kind === 'number') yield `${parts[0]}, about ${numberText(first.median)}`;
  yield shortened(`${parts.slice(0, 2).join(', ')} (${cluster})`, MAX_NAME);
}

function firstFree(names: Iterable<string>, taken: ReadonlySet<string>): string {
  let last = '';
  for (const name of names) {
    if (name.length <= MAX_NAME && !taken.has(name)) return name;
    last = name;
  }
  // A name given by hand can be the same.
  for (let i = 2; ; i++) if (!taken.has(`${last} ${i}`)) return `${last} ${i}`;
}

function partOf(trait: Trait): string {
  switch (trait.kind) {
    case 'number': {
      if (trait.middle) return `medium ${nameOf(trait, MAX_PART - 7)}`;
      const direction = trait.effect > 0 ? 'high' : 'low';
      const adverb = Math.abs(trait.effect) >= VERY ? 'very ' : '';
      return `${adverb}${direction} ${nameOf(trait, MAX_PART - direction.length - adverb.length - 1)}`;
    }
    case 'date':
      return labeled(trait, periodOf(trait.lower, trait.upper));
    case 'level':
      return labeled(trait, trait.effect > 0 ? trait.level : `not ${trait.level}`);
    case 'missing':
      return `${trait.effect > 0 ? 'no' : 'with'} ${nameOf(trait, MAX_PART - 5)}`;
    case 'words':
      return trait.words
        .slice(0, 2)
        .map(({ word }) => `"${shortened(word, MAX_PART / 2 - 2)}"`)
        .join(' ');
  }
}

function labeled(trait: Trait, value: string): string {
  const text = shortened(value, MAX_PART - MIN_LABEL);
  return `${nameOf(trait, MAX_PART - text.length - 2)}: ${text}`;
}

/** The column's name without its unit: "Body Mass (g)" is "Body Mass". */
function nameOf({ name, column }: Trait, length: number): string {
  const words = name.replaceAll('_', ' ').replace(/\s*[([][^()[\]]*[)\]]\s*$/, '');
  return shortened(words, length) || shortened(name, length) || `column ${column + 1}`;
}
