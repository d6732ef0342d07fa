import type { Matrix } from '@shoal/core';
import type { Labels } from '@shoal/data';

/** Images and their classes; the classes are only used for scores. */
export interface LabeledSplit {
  readonly points: Matrix;
  readonly classes: Labels;
  readonly classNames: readonly string[];
  readonly imageShape?: readonly [height: number, width: number] | undefined;
}
