import { html, nothing, type TemplateResult } from 'lit';
import { countOf, integer } from '../../interaction/describe.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import { cssColor } from '../../theme/oklab.ts';
import type { Theme } from '../../theme/theme.ts';
import { percent, quantity } from '../shared/format.ts';
import { drawPictures } from '../shared/pictures.ts';
import { pointStrip } from '../shared/point-strip.ts';
import type { ClassShare, ClusterCard } from './describe-cluster.ts';
import { styled } from '../shared/styled.ts';

/** Characters of a name: it has to fit into a legend. */
const MAX_NAME = 60;
/** Pictures in a row of a card. */
const COLUMNS = 8;
/** The most classes that a card names; the bar has all of them. */
const NAMED = 2;

export interface CardOptions {
  readonly card: ClusterCard;
  readonly state: ViewerState;
  readonly theme: Theme;
  /** Whether this card is in the tab order. */
  readonly isStop: boolean;
  /** Whether this cluster is the chosen one. */
  readonly isCurrent: boolean;
  /** How many of its points pass the filters, of those that are shown; undefined without filters. */
  readonly passed: { readonly points: number; readonly of: number } | undefined;
  /** What sets it apart, as bars; else its traits are listed. */
  readonly facts: TemplateResult | undefined;
  /** Whether the reader is writing its name. */
  readonly isNaming: boolean;
  /** The name of its own; undefined where it has only a number. */
  readonly ownName: string | undefined;
  readonly onLook: () => void;
  readonly onRename: () => void;
  /** @param name undefined when the reader changed their mind */
  readonly onName: (name: string | undefined) => void;
  readonly onSelect: () => void;
}

/** A card of the clusters view. */
export function cardTemplate(options: CardOptions): TemplateResult {
  const { card, theme, isStop, isCurrent, onLook, onSelect } = options;
  const { name, traits } = card;
  const { cluster, size } = card.summary;
  const tab = isStop ? 0 : -1;
  const color = theme.clusters.at(cluster) ?? theme.muted;
  return html`<div
    class="card ${isCurrent ? 'current' : ''} ${size === 0 ? 'empty' : ''}"
    part="card"
    role="listitem"
    aria-current=${isCurrent ? 'true' : nothing}
    data-cluster=${cluster}
    ${styled({ '--color': cssColor(color) })}
  >
    <div class="top">
      ${face(options)}
      <div class="facts">
        ${
          options.isNaming
            ? nameField(options)
            : html`<button
                type="button"
                class="name"
                tabindex=${tab}
                aria-pressed=${isCurrent}
                aria-keyshortcuts="F2"
                aria-label="${name}, ${size === 0 ? 'empty' : countOf(size, 'point')}. Look at it"
                title="${name} (double click or F2 to rename)"
                @click=${onLook}
                @dblclick=${options.onRename}
              >
                <span class="swatch"></span><bdi>${name}</bdi>
              </button>`
        }
        <button
          type="button"
          class="select"
          tabindex=${tab}
          aria-label="Select the points of cluster ${cluster}"
          ?disabled=${size === 0}
          @click=${onSelect}
        >
          Select
        </button>
        ${size === 0 ? html`<p class="subtle">Empty: no point is nearest to it.</p>` : sizeTemplate(options)}
      </div>
    </div>
    ${options.facts ?? traitList(traits)} ${card.mix.length === 0 ? nothing : mixTemplate(card.mix, theme)}
    ${members(options)}
  </div>`;
}

/** Enter and leaving the field keep the name, Escape does not. */
function nameField({ card, ownName = '', onName }: CardOptions): TemplateResult {
  const { cluster } = card.summary;
  return html`<input
    class="name-field"
    aria-label="Name of cluster ${cluster}"
    placeholder="Name of cluster ${cluster}"
    maxlength=${MAX_NAME}
    autocomplete="off"
    .value=${ownName}
    @keydown=${(event: KeyboardEvent) => {
      // Arrows and Ctrl+Z are of the text here, not of the cards.
      event.stopPropagation();
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      // Else the name, which gets the focus, would be pressed as well.
      event.preventDefault();
      onName(event.key === 'Enter' ? (event.target as HTMLInputElement).value : undefined);
    }}
    @blur=${(event: Event) => {
      onName((event.target as HTMLInputElement).value);
    }}
  />`;
}

function traitList(traits: readonly string[]): TemplateResult | typeof nothing {
  if (traits.length === 0) return nothing;
  return html`<ul class="traits">
    ${traits.map((trait) => html`<li><bdi>${trait}</bdi></li>`)}
  </ul>`;
}

/** The centroid, where it is a picture. */
function face({ card, state }: CardOptions): TemplateResult | typeof nothing {
  const images = state.data?.images;
  const { image, cluster } = card.summary;
  if (images === undefined || image === undefined) return nothing;
  const { width, height } = images;
  if (image.length !== width * height) return nothing;
  return html`<canvas
    class="face"
    role="img"
    aria-label="Centroid of cluster ${cluster}"
    ${drawPictures({ width, height, columns: 1, pictures: [image] })}
  ></canvas>`;
}

function sizeTemplate({ card, passed }: CardOptions): TemplateResult {
  if (passed !== undefined) return passedTemplate(passed.points, passed.of);
  const { size, inertia, weight } = card.summary;
  return html`<p class="size number">
      <span>${countOf(size, 'point')}</span> <span class="subtle">${percent(card.share)}</span>
    </p>
    <div class="bar" aria-hidden="true">
      <i ${styled({ 'inline-size': `${100 * card.share}%` })}></i>
    </div>
    ${
      inertia === undefined
        ? nothing
        : html`<p class="subtle number">
            Inertia ${quantity(inertia)} <small>(${quantity(inertia / size)} a point)</small>
          </p>`
    }
    ${weight === undefined ? nothing : html`<p class="subtle number">Weight ${quantity(weight, 3)}</p>`}`;
}

/** Inertia and weight are those of all rows, so they are left out. */
function passedTemplate(points: number, of: number): TemplateResult {
  const share = of > 0 ? points / of : 0;
  return html`<p class="size number">
      <span>${integer(points)} of ${countOf(of, 'point')} shown</span>
      <span class="subtle">${percent(share)}</span>
    </p>
    <div class="bar" aria-hidden="true">
      <i ${styled({ 'inline-size': `${100 * share}%` })}></i>
    </div>`;
}

function mixTemplate(mix: readonly ClassShare[], theme: Theme): TemplateResult {
  const rest = mix.length - NAMED;
  return html`<div class="mix">
    <div class="bar stacked" aria-hidden="true">
      ${mix.map(
        ({ class: number, share, name, count }) =>
          html`<i
            title="${name}: ${integer(count)} (${percent(share)})"
            ${styled({
              'inline-size': `${100 * share}%`,
              background: cssColor(theme.classes.at(number) ?? theme.muted),
            })}
          ></i>`,
      )}
    </div>
    <p class="number">
      ${mix
        .slice(0, NAMED)
        .map(
          ({ name, share, class: number }) =>
            html`<span class="class"
              ><span
                class="dot"
                ${styled({ background: cssColor(theme.classes.at(number) ?? theme.muted) })}
              ></span
              ><bdi>${name}</bdi> <span class="subtle">${percent(share)}</span></span
            >`,
        )}
      ${rest > 0 ? html`<span class="subtle">and ${rest} more</span>` : nothing}
    </p>
  </div>`;
}

function members({ card, state, isStop }: CardOptions): TemplateResult | typeof nothing {
  const { nearest, farthest, cluster, size } = card.summary;
  if (nearest.length === 0) return nothing;
  const row = (title: string, points: readonly number[]): TemplateResult =>
    html`<p class="row-title subtle" aria-hidden="true">${title}</p>
      ${pointStrip({
        state,
        points: points.filter((point) => state.passes(point)).slice(0, COLUMNS),
        columns: COLUMNS,
        stop: isStop,
        label: `${title} of cluster ${cluster}`,
      })}`;
  return html`<div class="members">
    ${row('Nearest', nearest)} ${size > nearest.length ? row('Farthest', farthest) : nothing}
  </div>`;
}
