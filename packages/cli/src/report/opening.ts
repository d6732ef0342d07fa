import { basename } from 'node:path';
import type { Profiles, Recipe } from '@shoal/tables';
import type { ClusteringData } from '@shoal/viewer/data';
import { methodNamed } from '../methods/index.ts';
import { usedColumns } from '../tables/used-columns.ts';
import type { RunMetrics } from '../save-run.ts';

/** Columns that are named; more are only counted. */
const MAX_NAMED = 6;

/** What is known about the table of a run. */
export interface AboutTable {
  readonly recipe?: Recipe | undefined;
  readonly profiles?: Profiles | undefined;
}

/** The sentences that a report opens with: what was clustered, how many groups there are, and how clear they are. */
export function openingSentences(
  metrics: RunMetrics,
  data: ClusteringData,
  { recipe, profiles }: AboutTable,
): readonly string[] {
  return [
    whatWasClustered(metrics, data, recipe),
    howManyGroups(metrics, data),
    howClear(metrics, profiles),
  ].filter((text) => text !== '');
}

function whatWasClustered(
  { data: source, date, points, features }: RunMetrics,
  { total }: ClusteringData,
  recipe: Recipe | undefined,
): string {
  const rows = countOf(total, points?.image ? 'image' : 'row');
  const day =
    date === undefined ? '' : ` on ${new Date(date).toLocaleDateString('en-US', { dateStyle: 'long' })}`;
  const gradients = features === 'gradients' ? 'the gradients of ' : '';
  return `${rows} of ${basename(source)} ${total === 1 ? 'was' : 'were'} grouped${day}, by ${gradients}${whatCounts(points, recipe)}.`;
}

/** The parts of the rows that were compared. */
function whatCounts(points: RunMetrics['points'], recipe: Recipe | undefined): string {
  if (points?.image) return `their ${points.image[0]} x ${points.image[1]} pixels`;
  if (recipe === undefined) {
    return points === undefined ? 'their values' : `their ${countOf(points.columns, 'column')}`;
  }
  const used = usedColumns(recipe);
  const all = recipe.columns.length;
  const count =
    used.length === all
      ? `${all === 1 ? 'the' : 'all'} ${countOf(all, 'column')}`
      : `${used.length.toLocaleString('en')} of ${countOf(all, 'column')}`;
  // "and 1 more" would take as much room as the name.
  const most = used.length === MAX_NAMED + 1 ? MAX_NAMED + 1 : MAX_NAMED;
  const named = used.slice(0, most).map((name) => (name === '' ? '(no name)' : name));
  const more = used.length - named.length;
  return `${count}: ${named.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
}

function howManyGroups({ method }: RunMetrics, { clusters, summaries, total }: ClusteringData): string {
  const { title, findsClusters } = methodNamed(method);
  const sizes = summaries.map(({ size }) => size).filter((size) => size > 0);
  const inGroups = sizes.reduce((sum, size) => sum + size, 0);
  const [least, most] = sizes.reduce(
    ([low, high], size) => [Math.min(low, size), Math.max(high, size)],
    [Infinity, 0],
  );
  const empty = clusters - sizes.length;
  const range =
    sizes.length === 0
      ? ''
      : least === most
        ? `, of ${countOf(least, 'row')}${sizes.length > 1 ? ' each' : ''}`
        : `, of ${least.toLocaleString('en')} to ${countOf(most, 'row')}`;
  const alone = total - inGroups;
  const parts = [
    `${capitalized(title)} ${findsClusters ? 'found' : 'made'} ${countOf(clusters, 'group')}${range}.`,
    ...(empty > 0 ? [`${empty.toLocaleString('en')} of them ${empty === 1 ? 'is' : 'are'} empty.`] : []),
    ...(alone > 0
      ? [`${countOf(alone, 'row')} (${percent(alone / total)}) ${alone === 1 ? 'is' : 'are'} in no group.`]
      : []),
  ];
  return parts.join(' ');
}

/** How to read a silhouette: Kaufman and Rousseeuw, Finding Groups in Data (1990), section 2.2. */
const SILHOUETTE_WORDS = [
  [0.7, 'most rows are far closer to their own group than to any other'],
  [0.5, 'most rows are clearly closer to their own group than to any other'],
  [0.25, 'on average a row is somewhat closer to its own group than to the next one'],
  [-Infinity, 'many rows are about as close to another group as to their own'],
] as const;

function howClear({ silhouette, objective }: RunMetrics, profiles: Profiles | undefined): string {
  const parts = profiles === undefined ? [] : [profiles.separation.summary];
  if (silhouette !== undefined) {
    const { value } = silhouette;
    const words = SILHOUETTE_WORDS.find(([least]) => value > least)?.[1] ?? '';
    parts.push(`Their silhouette is ${value.toFixed(2)} on a scale from -1 to 1: ${words}.`);
  }
  if (objective.name === 'persistence') {
    parts.push(
      `Their persistence is ${objective.value.toFixed(2)} of 1: a higher value means groups that stay whole at more densities.`,
    );
  }
  return parts.join(' ');
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return share < 0.001 ? 'less than 0.1%' : `${(100 * share).toFixed(1)}%`;
}

function capitalized(text: string): string {
  // A name such as "k-means" is written in lower case only inside a sentence.
  return text.charAt(0).toUpperCase() + text.slice(1);
}
