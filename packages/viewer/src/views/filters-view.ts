import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DateColumn, NumberColumn } from '@shoal/tables';
import type { ClusteringData } from '../data/types.ts';
import { filterMask } from '../filters/filter-mask.ts';
import { countBins, edgeOf, histogramOf, nearestEdge, type Histogram } from '../filters/histogram.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { countLabels } from '../interaction/groups.ts';
import { namedColumns } from '../interaction/named-columns.ts';
import type { Filter, RangeFilter, ValuesFilter } from '../state/filter.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { cssColor } from '../theme/oklab.ts';
import type { Theme } from '../theme/theme.ts';
import { filtersStyles } from './filters/filters.styles.ts';
import { HistogramElement, type BinRange } from './filters/histogram-element.ts';
import { LevelsElement, type CountedLevel } from './filters/levels-element.ts';
import { levelsOf } from './filters/levels.ts';
import { valueText } from './filters/value-text.ts';
import { define } from './define.ts';
import { searchBoxStyles } from './shared/search-box.styles.ts';
import { viewStyles } from './shared/view.styles.ts';

/** Columns that are shown at first, and that a button adds. */
const PAGE = 30;
/** From so many columns on there is a field to search them. */
const SEARCH_FROM = 12;
/** A column of more texts, most of them on one row only, has names or sentences: Find searches them. */
const MAX_TEXTS = 20_000;

/** Something with levels to filter by. */
interface LevelSource {
  readonly by: ValuesFilter['by'];
  readonly title: string;
}

/** A column of numbers or dates. */
interface RangeSource {
  readonly by: RangeFilter['by'];
  readonly title: string;
  readonly column: NumberColumn | DateColumn;
}

/**
 * Filters by clusters, classes and columns: histograms to brush, and values to tick. Each shows how many points pass all other
 * filters.
 *
 * @element cluster-viewer-filters
 * @csspart filters All of it
 */
class FiltersView extends LitElement {
  static override readonly styles = [viewStyles, searchBoxStyles, filtersStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    query: { state: true },
    shown: { state: true },
  };

  declare state: ViewerState;
  declare theme: Theme;
  declare private query: string;
  /** Number of columns that are shown. */
  declare private shown: number;
  /** Filters that are set with the next frame, while the reader drags. */
  #next: readonly Filter[] | undefined;

  constructor() {
    super();
    define('cluster-viewer-histogram', HistogramElement);
    define('cluster-viewer-levels', LevelsElement);
    this.query = '';
    this.shown = PAGE;
    new StateController(this, ['data', 'passing']);
  }

  protected override render(): TemplateResult {
    const { data } = this.state;
    if (data === undefined || data.count === 0) {
      return html`<p class="nothing"><strong>There are no points to filter</strong></p>`;
    }
    const columns = columnSources(data);
    const wanted = this.query.trim().toLowerCase();
    const found = columns.filter(({ title }) => title.toLowerCase().includes(wanted));
    return html`<div class="all" part="filters">
      ${this.#headTemplate(data)}
      ${data.clusters > 0 ? this.#levelsTemplate(data, { by: 'cluster', title: 'Cluster' }) : nothing}
      ${data.classes === undefined ? nothing : this.#levelsTemplate(data, { by: 'class', title: 'Class' })}
      ${columns.length < SEARCH_FROM ? nothing : this.#searchTemplate()}
      ${found.slice(0, this.shown).map((source) => ('column' in source ? this.#rangeTemplate(data, source) : this.#levelsTemplate(data, source)))}
      ${found.length === 0 && columns.length > 0 ? html`<p class="subtle">No column is called that.</p>` : nothing}
      ${
        found.length <= this.shown
          ? nothing
          : html`<button
              type="button"
              @click=${() => {
                this.shown += PAGE;
              }}
            >
              Show ${Math.min(PAGE, found.length - this.shown)} more of ${countOf(found.length, 'column')}
            </button>`
      }
    </div>`;
  }

  #headTemplate({ count }: ClusteringData): TemplateResult {
    const { filters, passingCount } = this.state;
    return html`<div class="head">
      <p><strong>${integer(passingCount)}</strong> of ${countOf(count, 'point')} shown</p>
      <button
        type="button"
        ?disabled=${filters.length === 0}
        @click=${() => {
          this.#set([]);
        }}
      >
        Clear all
      </button>
    </div>`;
  }

  #searchTemplate(): TemplateResult {
    return html`<input
      type="search"
      placeholder="Search the columns"
      aria-label="Search the columns"
      .value=${this.query}
      @input=${(event: InputEvent) => {
        this.query = (event.target as HTMLInputElement).value;
      }}
    />`;
  }

  #section({ by, title }: LevelSource, says: string, content: TemplateResult): TemplateResult {
    const isFiltered = this.#filterBy(by) !== undefined;
    return html`<section class=${isFiltered ? 'filtered' : nothing}>
      <h3>
        <bdi>${title}</bdi><span class="says subtle number">${says}</span>
        ${
          isFiltered
            ? html`<button
                type="button"
                aria-label="Clear the filter by ${title}"
                title="Clear"
                @click=${() => {
                  this.#change(by, undefined);
                }}
              >
                ×
              </button>`
            : nothing
        }
      </h3>
      ${content}
    </section>`;
  }

  #rangeTemplate(data: ClusteringData, source: RangeSource): TemplateResult {
    const { by, title, column } = source;
    const histogram = histogramOf(column, data.count);
    const filter = this.#filterBy(by);
    const range = rangeOf(histogram, filter);
    const text = (edge: number, end: 'least' | 'greatest'): string =>
      valueText(column, valueBeside(histogram, edge, end));
    const says = filter === undefined ? '' : `${text(range.start, 'least')} – ${text(range.end, 'greatest')}`;
    return this.#section(
      source,
      says,
      html`<cluster-viewer-histogram
          .label=${title}
          .all=${countBins(histogram)}
          .passing=${countBins(histogram, this.#passingOthers(data, by))}
          .range=${range}
          .edgeText=${text}
          @range=${({ detail }: CustomEvent<BinRange>) => {
            this.#changeRange(by, histogram, detail);
          }}
        ></cluster-viewer-histogram>
        <p class="ends subtle number">
          <span>${text(0, 'least')}</span><span>${text(histogram.bins, 'greatest')}</span>
        </p>
        ${histogram.missing === 0 ? nothing : this.#missingTemplate(by, histogram, filter)}`,
    );
  }

  #missingTemplate(by: RangeFilter['by'], histogram: Histogram, filter: Filter | undefined): TemplateResult {
    const keeps = filter === undefined || ('missing' in filter && filter.missing === true);
    return html`<label class="missing">
      <input
        type="checkbox"
        .checked=${keeps}
        @change=${() => {
          const range = rangeOf(histogram, filter);
          const isAll = range.start === 0 && range.end === histogram.bins;
          if (isAll && !keeps) this.#change(by, undefined);
          else this.#change(by, { ...filterOf(by, histogram, range), missing: !keeps });
        }}
      />
      ${countOf(histogram.missing, 'point')} without a value
    </label>`;
  }

  #levelsTemplate(data: ClusteringData, source: LevelSource): TemplateResult {
    const { by, title } = source;
    const levels = levelsOf(data, by);
    if (levels === undefined) return html`${nothing}`;
    if (levels.levels.length > MAX_TEXTS) {
      return this.#section(
        source,
        '',
        html`<p class="subtle">
          ${countOf(levels.levels.length - 1, 'different text')}: search them with Find on the map.
        </p>`,
      );
    }
    const filter = this.#filterBy(by);
    const values = filter !== undefined && 'values' in filter ? filter.values : [];
    const all = countLabels(levels.codes, data.count, levels.levels.length - 1);
    const passing = countLabels(
      levels.codes,
      data.count,
      levels.levels.length - 1,
      this.#passingOthers(data, by),
    );
    const counted: readonly CountedLevel[] = levels.levels
      .map((level) => ({
        ...level,
        all: all[level.code],
        passing: passing[level.code],
        color: this.#colorOf(by, level.code),
      }))
      .filter(({ all: points, value }) => points > 0 || values.includes(value));
    return this.#section(
      source,
      values.length === 0 ? '' : `${values.length} of ${counted.length}`,
      html`<cluster-viewer-levels
        .label=${title}
        .levels=${by === 'cluster' ? counted : counted.toSorted((a, b) => b.all - a.all)}
        .values=${values}
        @values=${({ detail }: CustomEvent<ValuesFilter['values']>) => {
          this.#change(by, detail.length === 0 ? undefined : { by, values: detail });
        }}
      ></cluster-viewer-levels>`,
    );
  }

  #colorOf(by: Filter['by'], code: number): string | undefined {
    if (by !== 'cluster' && by !== 'class') return undefined;
    const colors = by === 'cluster' ? this.theme.clusters : this.theme.classes;
    return cssColor(colors.at(code < colors.length ? code : colors.length) ?? this.theme.muted);
  }

  /** The points that pass all filters but that by one thing. */
  #passingOthers(data: ClusteringData, by: Filter['by']): Uint8Array | undefined {
    if (this.#filterBy(by) === undefined) return this.state.passing;
    return filterMask(
      this.state.filters.filter((filter) => filter.by !== by),
      data,
    );
  }

  #filterBy(by: Filter['by']): Filter | undefined {
    return this.state.filters.find((filter) => filter.by === by);
  }

  #changeRange(by: RangeFilter['by'], histogram: Histogram, range: BinRange): void {
    const filter = this.#filterBy(by);
    const keeps = filter !== undefined && 'missing' in filter && filter.missing === true;
    const isAll = range.start === 0 && range.end === histogram.bins;
    if (isAll) this.#change(by, undefined);
    else this.#change(by, { ...filterOf(by, histogram, range), ...(keeps && { missing: true }) });
  }

  #change(by: Filter['by'], filter: Filter | undefined): void {
    const others = (this.#next ?? this.state.filters).filter((each) => each.by !== by);
    this.#set(filter === undefined ? others : [...others, filter]);
  }

  /** Sets filters once in each frame: a drag moves more often. */
  #set(filters: readonly Filter[]): void {
    const isWaiting = this.#next !== undefined;
    this.#next = filters;
    if (isWaiting) return;
    requestAnimationFrame(() => {
      const { data } = this.state;
      const next = this.#next ?? [];
      this.#next = undefined;
      if (data !== undefined) this.state.setFilters(next, filterMask(next, data));
    });
  }
}

function columnSources(data: ClusteringData): readonly (LevelSource | RangeSource)[] {
  return namedColumns(data).map(({ id, title, column }) =>
    column.type === 'number' || column.type === 'date' ? { by: id, title, column } : { by: id, title },
  );
}

/** The value at an edge between bins; of whole numbers, the one that is inside of the range that ends there. */
function valueBeside(histogram: Histogram, edge: number, end: 'least' | 'greatest'): number {
  const value = edgeOf(histogram, edge);
  if (!histogram.whole) return value;
  return end === 'least' ? value + 0.5 : value - 0.5;
}

function rangeOf(histogram: Histogram, filter: Filter | undefined): BinRange {
  if (filter === undefined || 'values' in filter) return { start: 0, end: histogram.bins };
  const { low, high } = filter;
  const start = low === undefined ? 0 : nearestEdge(histogram, low);
  const end = high === undefined ? histogram.bins : nearestEdge(histogram, high);
  return { start: Math.min(start, histogram.bins - 1), end: Math.max(end, start + 1) };
}

/** Where the range ends with the histogram, it also has the outliers beyond. */
function filterOf(by: RangeFilter['by'], histogram: Histogram, { start, end }: BinRange): RangeFilter {
  return {
    by,
    ...(start > 0 && { low: edgeOf(histogram, start) }),
    ...(end < histogram.bins && { high: edgeOf(histogram, end) }),
  };
}

export { FiltersView as View };
