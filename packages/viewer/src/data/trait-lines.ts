import type { Profiles, Trait } from '@shoal/tables';

/** The most traits on a card. */
const MAX_TRAITS = 6;
/** The most words of a trait. */
const MAX_WORDS = 5;
/** The most characters of a name or a level. */
const MAX_LENGTH = 60;

/** The names of the clusters, without their numbers, which the viewer shows before each name. */
export function profileNames({ clusters }: Profiles): readonly string[] {
  return clusters.map(({ name, cluster }) => name.replace(`Cluster ${cluster}: `, ''));
}

/** What sets each cluster apart, a line each; a remark where nothing does. */
export function traitLines({ clusters }: Profiles): readonly (readonly string[])[] {
  return clusters.map(({ traits, note }) =>
    traits.length === 0 && note !== undefined ? [note] : traits.slice(0, MAX_TRAITS).map(lineOf),
  );
}

/** "Body Mass (g): higher, 5,050 (all rows: 4,050)". */
function lineOf(trait: Trait): string {
  const name = short(trait.name === '' ? `Column ${trait.column + 1}` : trait.name);
  switch (trait.kind) {
    case 'number': {
      const direction = trait.effect > 0 ? 'higher' : 'lower';
      return `${name}: ${direction}, ${number(trait.median)} (all rows: ${number(trait.overall)})`;
    }
    case 'date':
      return `${name}: ${trait.effect > 0 ? 'later' : 'earlier'}, ${date(trait.median)} (all rows: ${date(trait.overall)})`;
    case 'level':
      return `${name}: ${short(trait.level)} in ${percent(trait.share)} (all rows: ${percent(trait.overall)})`;
    case 'missing':
      return `${name}: missing in ${percent(trait.share)} (all rows: ${percent(trait.overall)})`;
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
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

/** The day of a moment; a time of the day to the minute. */
function date(text: string): string {
  return text.includes('T') ? text.slice(0, text.indexOf('T')) : text.slice(0, 10);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
