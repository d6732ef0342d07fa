import { percent, type Profiles, type Trait } from '@shoal/tables';
import type { ClusteringData } from './types.ts';

/** The most traits on a card. */
const MAX_TRAITS = 6;
/** The most words of a trait. */
const MAX_WORDS = 5;
/** The most characters of a name or a level. */
const MAX_LENGTH = 60;
const NUMBERS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** What a viewer says about its clusters beyond their numbers. */
export type ClusterDescription = Pick<ClusteringData, 'clusterNames' | 'clusterTraits'>;

/** The names of clusters, and what sets each apart, a line each; a remark where nothing does. */
export function describeClusters({ clusters }: Profiles): Required<ClusterDescription> {
  return {
    // The viewer shows the number before each name.
    clusterNames: clusters.map(({ name, cluster }) => name.replace(`Cluster ${cluster}: `, '')),
    clusterTraits: clusters.map(({ traits, note }) =>
      traits.length === 0 && note !== undefined ? [note] : traits.slice(0, MAX_TRAITS).map(lineOf),
    ),
  };
}

/** "Body Mass (g): higher, 5,050 (others: 4,050)". */
function lineOf(trait: Trait): string {
  const name = short(trait.name === '' ? `Column ${trait.column + 1}` : trait.name);
  switch (trait.kind) {
    case 'number': {
      if (trait.middle)
        return `${name}: between the others, ${number(trait.lower)} to ${number(trait.upper)}`;
      const direction = trait.effect > 0 ? 'higher' : 'lower';
      return `${name}: ${direction}, ${number(trait.median)} (others: ${number(trait.others)})`;
    }
    case 'date':
      if (trait.middle) return `${name}: between the others, ${date(trait.lower)} to ${date(trait.upper)}`;
      return `${name}: ${trait.effect > 0 ? 'later' : 'earlier'}, ${date(trait.median)} (others: ${date(trait.others)})`;
    case 'level':
      return `${name}: ${short(trait.level)} in ${percent(trait.share)} (others: ${percent(trait.others)})`;
    case 'missing':
      return `${name}: missing in ${percent(trait.share)} (others: ${percent(trait.others)})`;
    case 'words':
      return `${name}: ${trait.words
        .slice(0, MAX_WORDS)
        .map(({ word }) => `“${short(word)}”`)
        .join(', ')}`;
  }
}

function short(text: string): string {
  const characters = Array.from(text);
  return characters.length <= MAX_LENGTH ? text : `${characters.slice(0, MAX_LENGTH - 1).join('')}…`;
}

function number(value: number): string {
  return NUMBERS.format(value);
}

/** The day of a moment; a time of the day to the minute. */
function date(text: string): string {
  return /^\d\d:/.test(text) ? text.slice(0, 5) : text.slice(0, 10);
}
