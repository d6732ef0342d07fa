import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { countOf } from '../interaction/describe.ts';
import { namedColumns, type NamedColumn } from '../interaction/named-columns.ts';
import { diameterAt } from '../sizes/sizing-of.ts';
import type { ColumnId, MapBy, SizeBy } from '../state/column-id.ts';
import type { Sizing } from '../state/sizing.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { controls } from './map/controls.styles.ts';
import { displayStyles } from './display/display.styles.ts';
import { valueText } from './filters/value-text.ts';
import { styled } from './shared/styled.ts';
import { workStyles, workTemplate } from './shared/work.ts';

/** Shares of the range whose sizes the legend shows. */
const SHOWN_SIZES = [0, 0.5, 1];

/**
 * What sizes of points show, and which map they are on.
 *
 * @element cluster-viewer-display
 * @fires close - the reader closed it
 * @fires {CustomEvent<boolean>} transitions - the reader turned the movement of points between maps on or off
 */
class DisplayView extends LitElement {
  static override readonly styles = [controls, workStyles, displayStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    diameter: { attribute: false },
    transitions: { attribute: false },
    axes: { state: true },
  };

  declare state: ViewerState;
  /** Of a point of the usual size, in CSS pixels. */
  declare diameter: number;
  /** Whether points move from map to map. */
  declare transitions: boolean;
  /** The columns of axes that the reader is choosing; undefined while another map is chosen. */
  declare private axes: Exclude<MapBy, string> | undefined;

  constructor() {
    super();
    new StateController(this, ['data', 'sizes', 'map', 'map-work']);
  }

  protected override render(): TemplateResult {
    const { data } = this.state;
    if (data === undefined) return html`${nothing}`;
    const columns = namedColumns(data).filter(
      ({ column }) => column.type === 'number' || column.type === 'date',
    );
    return html`<section aria-label="Sizes and maps">
      ${this.#mapTemplate(data, columns)} ${this.#sizeTemplate(columns)}
      <label class="check">
        <input
          type="checkbox"
          .checked=${this.transitions}
          @change=${(event: Event) => {
            const { checked } = event.target as HTMLInputElement;
            this.dispatchEvent(new CustomEvent('transitions', { detail: checked }));
          }}
        />
        Move points from map to map
      </label>
    </section>`;
  }

  #mapTemplate(data: ClusteringData, columns: readonly NamedColumn[]): TemplateResult {
    const { mapBy, mapWork } = this.state;
    const axes = this.axes ?? (typeof mapBy === 'object' ? mapBy : undefined);
    const chosen = axes === undefined ? mapBy : 'axes';
    const own = this.state.ownData?.projection ?? data.projection;
    return html`<label class="field"
        ><span>Map</span>
        <select
          @change=${(event: Event) => {
            this.#chooseMap((event.target as HTMLSelectElement).value, columns);
          }}
        >
          <option value="own" ?selected=${chosen === 'own'}>${capitalized(own)}</option>
          <option value="umap" ?selected=${chosen === 'umap'}>UMAP</option>
          ${columns.length < 2 ? nothing : html`<option value="axes" ?selected=${chosen === 'axes'}>Two columns</option>`}
        </select></label
      >
      ${axes === undefined ? nothing : html`${this.#axisTemplate('x', axes, columns)} ${this.#axisTemplate('y', axes, columns)}`}
      ${mapWork === undefined ? nothing : workTemplate(mapWork)}`;
  }

  #axisTemplate(
    axis: 'x' | 'y',
    axes: Exclude<MapBy, string>,
    columns: readonly NamedColumn[],
  ): TemplateResult {
    return html`<label class="field"
      ><span>${axis === 'x' ? 'Across' : 'Up'}</span>
      <select
        @change=${(event: Event) => {
          const id = (event.target as HTMLSelectElement).value as ColumnId;
          this.#askFor({ ...axes, [axis]: id });
        }}
      >
        ${columns.map(({ id, title }) => html`<option value=${id} ?selected=${id === axes[axis]}>${title}</option>`)}
      </select></label
    >`;
  }

  #sizeTemplate(columns: readonly NamedColumn[]): TemplateResult {
    const { sizeBy, sizing } = this.state;
    return html`<label class="field"
        ><span>Size by</span>
        <select
          @change=${(event: Event) => {
            this.state.wishFor({ sizeBy: (event.target as HTMLSelectElement).value as SizeBy });
          }}
        >
          <option value="none" ?selected=${sizeBy === 'none'}>Nothing</option>
          ${columns.map(({ id, title }) => html`<option value=${id} ?selected=${id === sizeBy}>${title}</option>`)}
        </select></label
      >
      ${sizing === undefined ? nothing : this.#sizesTemplate(sizing)}`;
  }

  #sizesTemplate({ low, high, column, without }: Sizing): TemplateResult {
    const { column: values } = column;
    return html`<ul class="sizes" aria-label="Sizes by ${column.title}">
        ${SHOWN_SIZES.map((share) => {
          const value = low + share * (high - low);
          const side = `${Math.max(2, this.diameter * diameterAt(value, low, high))}px`;
          return html`<li>
            <i ${styled({ 'inline-size': side, 'block-size': side })}></i
            >${values.type === 'number' || values.type === 'date' ? valueText(values, value) : nothing}
          </li>`;
        })}
      </ul>
      ${without === 0 ? nothing : html`<p>${countOf(without, 'point')} without a value ${without === 1 ? 'has' : 'have'} the least size.</p>`}`;
  }

  #chooseMap(chosen: string, columns: readonly NamedColumn[]): void {
    if (chosen === 'axes') this.#askFor({ x: columns[0].id, y: columns[1].id });
    else {
      this.axes = undefined;
      this.state.wishFor({ mapBy: chosen === 'umap' ? 'umap' : 'own' });
    }
  }

  #askFor(axes: Exclude<MapBy, string>): void {
    this.axes = axes;
    this.state.wishFor({ mapBy: axes });
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export { DisplayView as View };
