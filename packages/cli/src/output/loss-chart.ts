import plot from 'simple-ascii-chart';
import { indent } from './tables.ts';

/** Draws training and validation loss over the epochs as text. */
export function lossChart(loss: readonly number[], validationLoss: readonly number[]): string {
  const points = (values: readonly number[]): [number, number][] => values.map((value, i) => [i + 1, value]);
  const series = validationLoss.length > 0 ? [points(loss), points(validationLoss)] : [points(loss)];
  const chart = plot(series, {
    width: 60,
    height: 10,
    formatter: (value, { axis }) => (axis === 'y' ? value.toPrecision(3) : Math.round(value)),
  });
  const last = (values: readonly number[]): string => values.at(-1)?.toPrecision(4) ?? '-';
  return indent(
    `${chart.trim()}\nepochs; last training loss ${last(loss)}, last validation loss ${last(validationLoss)}`,
  );
}
