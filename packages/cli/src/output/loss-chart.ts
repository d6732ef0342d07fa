import plot from 'simple-ascii-chart';
import { indent } from './tables.ts';

/** Draws training and validation loss over the epochs as text, one chart each. */
export function lossCharts(loss: readonly number[], validationLoss: readonly number[]): string {
  const charts = [curve('Training loss', loss)];
  if (validationLoss.length > 0) charts.push(curve('Validation loss', validationLoss));
  return charts.join('\n');
}

function curve(title: string, losses: readonly number[]): string {
  const chart = plot(
    losses.map((value, epoch): [number, number] => [epoch + 1, value]),
    {
      width: 60,
      height: 7,
      formatter: (value, { axis }) => (axis === 'y' ? value.toPrecision(3) : Math.round(value)),
    },
  );
  const lines = chart.split('\n').map((line) => line.trimEnd());
  const last = losses[losses.length - 1].toPrecision(4);
  return indent(`${title} by epoch, ${last} at the end\n${lines.filter((line) => line !== '').join('\n')}`);
}
