import { UnsupportedError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import { sampleRows } from '../origin/find-origin.ts';
import type { RowScaling } from '../scaling/types.ts';
import { floatsOf } from './part-answers.ts';
import type { PartHost } from './part-host.ts';
import type { PartedPoints } from './parted-points.ts';
import { Survey, type PartsSurvey } from './survey.ts';

/** What a host is told about where its points are placed. */
export interface RemotePlace {
  readonly host: PartHost;
  readonly scalesToUnit: boolean;
  readonly origin: Float64Array | undefined;
  /** A row like those of the parts. */
  readonly sample: Matrix;
}

/**
 * Checks what a host can do.
 *
 * @returns whether rows are scaled to unit length
 * @throws {UnsupportedError} for weights, and for scalings that are fitted
 */
export function requireRemote(scalings: readonly RowScaling[], weights: Float32Array | undefined): boolean {
  if (weights) {
    throw new UnsupportedError(
      'Points that are held elsewhere cannot have weights; leave them out, or fit here.',
    );
  }
  const fitted = scalings.find(({ kind }) => kind !== 'unit');
  if (fitted) {
    throw new UnsupportedError(
      `Points that are held elsewhere cannot be scaled by a fitted scaling (${fitted.kind}); scale them first, or fit here.`,
    );
  }
  return scalings.length > 0;
}

/**
 * The survey of parts that a host holds; see `surveyParts`.
 *
 * @throws like `PartHost.ask` and `Survey.merge`
 */
export async function surveyRemotely(
  { rows, columns, parts }: PartedPoints,
  host: PartHost,
  scalesToUnit: boolean,
  signal: AbortSignal | undefined,
): Promise<PartsSurvey> {
  const wanted = sampleRows(rows, undefined);
  const name = `${host.nextSession()}/wanted`;
  await host.put(name, Float64Array.from(wanted));
  const question = { kind: 'survey', scalesToUnit, wanted: name } as const;
  const answers = await host.ask(question, [...parts.keys()], signal);
  host.drop([name]);
  const survey = new Survey(columns, wanted);
  let start = 0;
  for (const [i, answer] of answers.entries()) {
    survey.merge(floatsOf(answer), start, parts[i].rows);
    start += parts[i].rows;
  }
  return survey.conclude();
}
