import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { integer } from '../../interaction/describe.ts';
import { quantity } from '../shared/format.ts';
import { linePath, niceTicks, rangeOf, type ChartData } from './chart-data.ts';

const HEIGHT = 190;
const MARGIN = { top: 10, right: 14, bottom: 26, left: 58 };
/** A series of at most this many values also gets dots. */
const DOTS = 60;

export interface ChartOptions {
  readonly chart: ChartData;
  /** CSS pixels. */
  readonly width: number;
  /** The step that is shown in numbers. */
  readonly step: number;
  readonly onStep: (step: number) => void;
}

/**
 * Lines over the steps of a fit. It shows all values of the step under the pointer, or at the slider below; a table has the
 * values of all steps.
 */
export function chartTemplate(options: ChartOptions): TemplateResult {
  const { chart, step, onStep } = options;
  const id = `chart-${chart.step}-${chart.title}`.replaceAll(/\W+/g, '-');
  return html`<section class="chart" role="group" aria-labelledby=${id} part="chart">
    <h3 id=${id}>${chart.title}</h3>
    ${plotTemplate(options)}
    <div class="readout">
      <input
        type="range"
        min="1"
        max=${chart.length}
        .value=${String(step + 1)}
        ?disabled=${chart.length < 2}
        aria-label="${chart.title}: ${chart.step}"
        aria-valuetext=${readOut(chart, step)}
        @input=${(event: Event) => {
          onStep(Number((event.target as HTMLInputElement).value) - 1);
        }}
      />
      <p class="number" aria-hidden="true">
        <span class="subtle">${chart.step} ${integer(step + 1)} of ${integer(chart.length)}</span>
        ${chart.series.map(
          ({ name, values }, i) =>
            html`<span class="value"
              ><i class="key series-${i}"></i><bdi>${name}</bdi> <b>${valueAt(values, step)}</b></span
            >`,
        )}
      </p>
    </div>
    <details>
      <summary>Values as a table</summary>
      ${tableTemplate(chart)}
    </details>
  </section>`;
}

/** One step in words: "iteration 4: inertia 1,234". */
function readOut({ step: unit, series }: ChartData, step: number): string {
  const values = series.map(({ name, values: all }) => `${name} ${valueAt(all, step)}`);
  return `${unit} ${integer(step + 1)}: ${values.join(', ')}`;
}

function valueAt(values: readonly number[], step: number): string {
  const value = values.at(step);
  return value === undefined || step >= values.length ? 'none' : quantity(value, 6);
}

function plotTemplate({ chart, width, step, onStep }: ChartOptions): TemplateResult {
  const range = rangeOf(chart.series);
  if (range === undefined) return html`<p class="subtle">None of its values are numbers.</p>`;
  const [low, high] = range;
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const last = Math.max(1, chart.length - 1);
  const x = (at: number): number => MARGIN.left + ((right - MARGIN.left) * at) / last;
  const y = (value: number): number => bottom - ((bottom - MARGIN.top) * (value - low)) / (high - low);
  const point = (event: PointerEvent): void => {
    const { left } = (event.currentTarget as Element).getBoundingClientRect();
    const at = Math.round(((event.clientX - left - MARGIN.left) / (right - MARGIN.left)) * last);
    onStep(Math.min(chart.length - 1, Math.max(0, at)));
  };
  return html`<svg
    class="plot"
    width=${width}
    height=${HEIGHT}
    role="img"
    aria-label=${summary(chart)}
    @pointermove=${point}
    @pointerdown=${point}
  >
    ${niceTicks(low, high, 4).map(
      (tick) => svg`<g class="tick">
        <line x1=${MARGIN.left} x2=${right} y1=${y(tick)} y2=${y(tick)} />
        <text x=${MARGIN.left - 8} y=${y(tick)} dy="0.32em" text-anchor="end">${quantity(tick)}</text>
      </g>`,
    )}
    ${stepTicks(chart.length, right - MARGIN.left).map(
      (tick) =>
        svg`<text class="step" x=${x(tick - 1)} y=${bottom + 18} text-anchor="middle">${integer(tick)}</text>`,
    )}
    <line class="cursor" x1=${x(step)} x2=${x(step)} y1=${MARGIN.top} y2=${bottom} />
    ${chart.series.map(({ values }, i) => seriesTemplate(values, i, step, x, y))}
  </svg>`;
}

function seriesTemplate(
  values: readonly number[],
  number: number,
  step: number,
  x: (step: number) => number,
  y: (value: number) => number,
): SVGTemplateResult {
  const dot = (value: number, at: number, radius: number): SVGTemplateResult | typeof nothing =>
    Number.isFinite(value) ? svg`<circle cx=${x(at)} cy=${y(value)} r=${radius} />` : nothing;
  const current = values.at(step);
  return svg`<g class="series series-${number}">
    <path d=${linePath(values, x, y)} />
    ${values.length <= DOTS ? values.map((value, at) => dot(value, at, 2)) : nothing}
    ${current === undefined || step >= values.length ? nothing : dot(current, step, 4.5)}
  </g>`;
}

/** Whole steps, counted from 1. */
function stepTicks(length: number, width: number): readonly number[] {
  const ticks = niceTicks(1, length, Math.max(2, width / 70)).filter(Number.isInteger);
  return ticks.length === 0 ? [1] : ticks;
}

function summary({ title, series, step, length }: ChartData): string {
  const parts = series.map(
    ({ name, values }) => `${name} from ${valueAt(values, 0)} to ${valueAt(values, values.length - 1)}`,
  );
  return `${title} over ${integer(length)} ${step}${length === 1 ? '' : 's'}: ${parts.join('; ')}.`;
}

function tableTemplate({ step, length, series }: ChartData): TemplateResult {
  return html`<div class="table" tabindex="0" role="group" aria-label="Values">
    <table>
      <thead>
        <tr>
          <th scope="col">${step}</th>
          ${series.map(({ name }) => html`<th scope="col"><bdi>${name}</bdi></th>`)}
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          { length },
          (_, at) =>
            html`<tr>
              <th scope="row">${integer(at + 1)}</th>
              ${series.map(({ values }) => html`<td>${valueAt(values, at)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
