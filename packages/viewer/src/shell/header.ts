import { html, nothing, type TemplateResult } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import { keyMetrics } from './key-metrics.ts';

/** The backend of the map, or why there is none. */
export interface RendererInfo {
  readonly backend: 'webgpu' | 'canvas' | 'none';
  /** The adapter's name, or why there is no WebGPU. */
  readonly description: string;
}

const BACKENDS: Readonly<Record<RendererInfo['backend'], string>> = {
  webgpu: 'WebGPU',
  canvas: 'Canvas',
  none: 'No renderer',
};

/** The header: the title, the most important numbers, the notes, the backend that draws the map, and the button of the side. */
export function headerTemplate(
  title: string,
  data: ClusteringData | undefined,
  renderer: RendererInfo | undefined,
  sideToggle: TemplateResult,
): TemplateResult {
  return html`<div class="header" part="header">
    <h2 part="title"><bdi>${title}</bdi></h2>
    ${
      data === undefined
        ? nothing
        : html`<dl class="metrics" part="metrics">
            ${keyMetrics(data).map(
              ({ name, value }) =>
                html`<div>
                  <dt><bdi>${name}</bdi></dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>`
    }
    <span class="end">
      <slot name="toolbar"></slot>
      ${renderer === undefined || data === undefined ? nothing : badge(renderer)}
      ${data === undefined ? nothing : sideToggle}
    </span>
    ${
      data === undefined || data.notes.length === 0
        ? nothing
        : html`<ul class="notes" part="notes">
            ${data.notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}
          </ul>`
    }
  </div>`;
}

function badge({ backend, description }: RendererInfo): TemplateResult {
  return html`<details class="badge ${backend}" part="badge">
    <summary title=${description}>${BACKENDS[backend]}</summary>
    <p>${description}</p>
  </details>`;
}
