import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { ClusteringData } from '../../data/types.ts';
import { countOf, integer } from '../../interaction/describe.ts';
import type { ControlsHost } from '../../interaction/map-controls.ts';
import { axisShapes, cursorShapes, modelShapes, shapeTemplate } from './overlay.ts';
import { tooltipTemplate } from './tooltip.ts';
import { menuTemplate } from './menu.ts';
import { mapTools, zoomTools, type ToolsHost } from './tools.ts';

/** The view that the template shows. */
interface TemplateHost extends ControlsHost, ToolsHost {
  readonly named: boolean;
}

/** The inputs of the template besides the view itself. */
export interface MapTemplateParts {
  /** The last announcement. */
  readonly said: string;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFind: (event: SubmitEvent) => void;
}

export function mapTemplate(host: TemplateHost, parts: MapTemplateParts): TemplateResult {
  const { state, theme, stage, controls, actions } = host;
  const { data, hovered, selection } = state;
  const place = hovered === undefined ? undefined : stage.placeOf(hovered);
  return html`<div class="map" part="map">
    <div class="stage">
      <div class="top">
        <div class="tools">
          <cluster-viewer-toolbar
            part="toolbar"
            label="Map tools"
            .groups=${mapTools(host)}
          ></cluster-viewer-toolbar>
          ${menuTemplate(host, parts.onFind)}
        </div>
        <div class="right">
          <cluster-viewer-legend
            part="legend"
            .state=${state}
            .theme=${theme}
            .named=${host.named}
            @announce=${forward(host)}
          ></cluster-viewer-legend>
          ${host.toggles.display ? displayTemplate(host) : nothing}
        </div>
      </div>
      <div
        class="surface ${hovered === undefined ? '' : 'hovering'}"
        part="surface"
        role="application"
        tabindex="0"
        data-tool=${controls.tool}
        aria-roledescription="map"
        aria-label=${label(data)}
        aria-describedby="map-help"
        @keydown=${parts.onKey}
      >
        <div class="points"></div>
        <svg class="overlay" part="overlay" aria-hidden="true">${overlayTemplate(host)}</svg>
      </div>
      <p id="map-help" class="visually-hidden">
        Arrow keys move the map, plus and minus zoom, P goes from point to point, question mark lists all
        keys.
      </p>
      ${message(host)}
      <cluster-viewer-toolbar
        class="zoom"
        label="Zoom"
        vertical
        .groups=${zoomTools(actions)}
      ></cluster-viewer-toolbar>
      ${
        data === undefined || hovered === undefined || place === undefined || !controls.isLooking
          ? nothing
          : tooltipTemplate(data, hovered, place, stage.viewport)
      }
      <div class="foot" part="status">
        ${sampleNote(host)}
        <p>
          <span class="axes">${data === undefined ? nothing : `Axes: ${data.projection}`}</span>
          <span class="passing">${passingText(host)}</span>
          <span class="said">${parts.said}</span>
          <span class="selected">${said(parts.said, selection.size)}</span>
        </p>
      </div>
    </div>
  </div>`;
}

/** What lies over the points: axes, the model, and the reader's own marks. */
function overlayTemplate({
  state,
  theme,
  stage,
  controls,
  toggles,
}: TemplateHost): readonly SVGTemplateResult[] {
  const { data, hovered, scales } = state;
  if (data === undefined) return [];
  const { area, cross } = controls;
  return [
    ...(scales === undefined ? [] : axisShapes(scales, theme, stage)),
    ...(toggles.model ? modelShapes(data, state, theme, stage) : []),
    ...cursorShapes(data, theme, stage, stage.markSize, { area, hovered, cross }),
  ].map(shapeTemplate);
}

/** Sizes of points and the choice of a map; its code is loaded before it is shown. */
function displayTemplate(host: TemplateHost): TemplateResult {
  return html`<cluster-viewer-display
    part="display"
    .state=${host.state}
    .diameter=${host.stage.markSize}
    .transitions=${host.toggles.transitions}
    @transitions=${() => {
      host.toggle('transitions');
    }}
  ></cluster-viewer-display>`;
}

/** How many points pass the filters; empty without filters. */
function passingText({ state: { filters, passingCount, data } }: ControlsHost): string {
  return data === undefined || filters.length === 0
    ? ''
    : `${integer(passingCount)} of ${integer(data.count)} shown`;
}

/** The number of selected points, unless the last message has it. */
function said(message: string, selected: number): string {
  const text = selected === 0 ? '' : `${countOf(selected, 'point')} selected`;
  return message.includes(text) ? '' : text;
}

function label(data: ClusteringData | undefined): string {
  if (data === undefined) return 'Map without points';
  return `Map of ${countOf(data.count, 'point')} in ${countOf(data.clusters, 'cluster')}`;
}

/** The message when no points are drawn, so that the map is never an empty box. */
function message({ state, stage }: ControlsHost): TemplateResult | typeof nothing {
  const { data } = state;
  if (stage.failure !== undefined) {
    return html`<div class="message failure" part="message">
      <strong>The map cannot be drawn</strong><span>${stage.failure.message}</span>
    </div>`;
  }
  if (data === undefined || data.count === 0) {
    return html`<div class="message" part="message"><strong>There are no points to show</strong></div>`;
  }
  if (stage.index.bounds === undefined) {
    return html`<div class="message" part="message">
      <strong>No point has a place on the map</strong>
      <span>The positions of all ${countOf(data.count, 'point')} are missing or not finite.</span>
    </div>`;
  }
  if (stage.scatter === undefined) {
    return html`<div class="message" part="message">
      <strong>Drawing ${countOf(data.count, 'point')} …</strong>
    </div>`;
  }
  return nothing;
}

/** Says on the map that not all points are drawn. */
function sampleNote({ state: { data }, stage: { scatter } }: ControlsHost): TemplateResult | typeof nothing {
  if (data === undefined || scatter === undefined || data.count <= scatter.mostPoints) return nothing;
  return html`<p class="sample">
    About ${integer(scatter.mostPoints)} of ${integer(data.count)} points are drawn, of every group by its
    share
  </p>`;
}

/** The legend's announcements pass through the map, which also shows them. */
function forward(host: ControlsHost) {
  return (event: CustomEvent<{ readonly message: string }>): void => {
    event.stopPropagation();
    host.announce(event.detail.message);
  };
}
