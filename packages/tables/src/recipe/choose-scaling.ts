import type { MeasuredNumber } from './column-groups.ts';
import type { RecipeScaling } from './options.ts';
import type { CategoryEncoding, ChosenScaling } from './plan.ts';
import { quoted, quotedList } from './quoted.ts';

/** A category that is used. */
interface MeasuredCategory {
  readonly name: string;
  readonly encoding: CategoryEncoding;
}

/** What the used columns of a table are. */
export interface ScalingInput {
  readonly numbers: readonly MeasuredNumber[];
  /** Number columns of one kind; see `columnGroups`. */
  readonly groups: readonly (readonly MeasuredNumber[])[];
  readonly categories: readonly MeasuredCategory[];
  /** How many vector columns there are. */
  readonly vectors: number;
}

/** What the caller asked for, as sentences. */
const ASKED: Readonly<Record<ChosenScaling['kind'], string>> = {
  none: 'Numbers are left as they are, as asked.',
  standardize: 'Numbers are standardized to mean 0 and standard deviation 1, as asked.',
  robust: 'Numbers are scaled by their median and quartiles, as asked.',
  'min-max': 'Numbers are scaled to 0 to 1, as asked.',
};

/** Applies the rule that `Recipe` describes, unless the caller chose a scaling. */
export function chooseScaling(wanted: RecipeScaling, input: ScalingInput): ChosenScaling {
  if (wanted !== 'auto') return withDistance({ kind: wanted, why: ASKED[wanted] }, input);
  const oneKind = whyOneKind(input);
  if (oneKind !== undefined) return { kind: 'none', why: oneKind };
  const sentences = [
    'Columns of different units: numbers are standardized to mean 0 and standard deviation 1.',
    ...(input.groups.length > 0
      ? ['Numbered columns of one kind share a factor, so that their mean variance is 1.']
      : []),
    ...(input.vectors > 0
      ? ['A vector counts as much as one number: the variances of its components sum to 1.']
      : []),
  ];
  return withDistance({ kind: 'standardize', why: sentences.join(' ') }, input);
}

/** Why the values are of one kind and are left alone; undefined when they are not. */
function whyOneKind({ numbers, groups, categories, vectors }: ScalingInput): string | undefined {
  if (numbers.length === 0 && vectors === 0) return 'There are only categories, which need no scaling.';
  if (categories.length > 0) return undefined;
  if (numbers.length === 0) {
    return vectors === 1
      ? 'The points are vectors, whose values are of one kind: left as they are.'
      : undefined;
  }
  if (vectors > 0 || groups.length !== 1 || groups[0].length < numbers.length) return undefined;
  const [first, last] = [numbers[0], numbers[numbers.length - 1]];
  const alike = numbers.every(({ facts }) => facts.bytes) ? 'whole numbers from 0 to 255' : 'spread alike';
  return `The ${numbers.length} columns from ${quoted(first.name)} to ${quoted(last.name)} are of one kind (${alike}): left as they are.`;
}

/** Adds how far apart rows of different categories are. */
function withDistance(scaling: ChosenScaling, { numbers, categories }: ScalingInput): ChosenScaling {
  if (categories.length === 0) return scaling;
  const byDistance = new Map<number, string[]>();
  for (const { name, encoding } of categories) {
    const distance = Math.round(encoding.weight * Math.SQRT2 * 10) / 10;
    const alike = byDistance.get(distance);
    if (alike === undefined) byDistance.set(distance, [name]);
    else alike.push(name);
  }
  const [[first, names], ...others] = byDistance;
  const deviations = first === 1 ? ' standard deviation of a number' : ' standard deviations of a number';
  const unit = scaling.kind === 'standardize' && numbers.length > 0 ? deviations : '';
  const rest = others.map(([distance, more]) => `, in ${quotedList(more)} by ${distance}`);
  const sentence = `Rows that differ in ${quotedList(names)} are apart by ${first}${unit}${rest.join('')}.`;
  return { ...scaling, why: `${scaling.why} ${sentence}` };
}
