import { columnRuns, type RunCandidate } from './column-run.ts';
import type { ColumnRole, RecipeScaling } from './options.ts';
import type { ChosenScaling } from './plan.ts';

/** So many columns of bytes are the pixels of images, whatever their names are. */
const PIXELS = 64;

/** A number column that is used, measured. */
export interface MeasuredNumber extends RunCandidate {
  readonly role: ColumnRole;
}

/** What the used columns of a table are, for `chooseScaling`. */
export interface ScalingInput<Measured> {
  readonly numbers: readonly Measured[];
  readonly categories: number;
  readonly vectors: number;
}

/** The scaling of the numbers, and the columns that share one factor because they are of one kind. */
export interface ScalingPlan<Measured> extends ChosenScaling {
  /** Runs; each column has its own center and all share a scale. */
  readonly runs: readonly (readonly Measured[])[];
}

/** Applies the rule that `Recipe` describes, unless the caller chose a scaling. */
export function chooseScaling<Measured extends MeasuredNumber>(
  wanted: RecipeScaling,
  input: ScalingInput<Measured>,
): ScalingPlan<Measured> {
  if (wanted !== 'auto') return { kind: wanted, why: `Scaling: ${wanted}, as asked.`, runs: [] };
  const oneKind = whyOneKind(input);
  if (oneKind !== undefined) return { kind: 'none', why: oneKind, runs: [] };
  const { numbers, vectors } = input;
  const runs = columnRuns(numbers.filter(({ role }) => role === 'number')).map(({ members }) => members);
  const parts = [
    'Columns of different units: numbers are standardized to mean 0 and standard deviation 1.',
    ...(runs.length > 0
      ? ['Numbered columns of one kind share a factor, so that their mean variance is 1.']
      : []),
    ...(vectors > 0
      ? ['A vector counts as much as one number: the variances of its components sum to 1.']
      : []),
  ];
  return { kind: 'standardize', why: parts.join(' '), runs };
}

/** Why the values are of one kind and are left alone; undefined when they are not. */
function whyOneKind({ numbers, categories, vectors }: ScalingInput<MeasuredNumber>): string | undefined {
  if (numbers.length === 0 && vectors === 0) return 'There are only categories, which need no scaling.';
  if (categories > 0) return undefined;
  if (numbers.length === 0) {
    return vectors === 1
      ? 'The points are vectors, whose values are of one kind: left as they are.'
      : undefined;
  }
  if (vectors > 0 || numbers.some(({ role }) => role === 'date')) return undefined;
  if (numbers.length >= PIXELS && numbers.every(({ facts }) => facts.bytes)) {
    return `All ${numbers.length} columns are whole numbers from 0 to 255, as pixels are: left as they are.`;
  }
  const isRun = columnRuns(numbers).some(({ members }) => members.length === numbers.length);
  if (!isRun) return undefined;
  const names = `${shown(numbers[0].name)} to ${shown(numbers[numbers.length - 1].name)}`;
  return `The columns ${names} are numbered and spread alike, so they are of one kind: left as they are.`;
}

function shown(name: string): string {
  return name.trim() === '' ? '(no name)' : name.trim();
}
