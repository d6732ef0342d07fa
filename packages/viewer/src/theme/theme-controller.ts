import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { ClusteringData } from '../data/types.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { groupColors, type GroupColors } from './group-colors.ts';
import type { PaletteName } from './palettes.ts';
import { resolveTheme, type BaseTheme } from './resolve-theme.ts';
import type { Theme } from './theme.ts';

/** Media queries that change the theme without a change of colors. */
const PREFERENCES = ['(prefers-reduced-motion: reduce)', '(forced-colors: active)'];

/**
 * Keeps the theme of all views up to date with the page's styles and the reader's preferences, and chooses the colors of
 * clusters and classes.
 */
export class ThemeController implements ReactiveController {
  readonly #host: LitElement;
  #base: BaseTheme | undefined;
  #theme: Theme | undefined;
  #themeParts: readonly unknown[] = [];
  #colors: GroupColors = { clusters: [], classes: [] };
  #colorParts: readonly unknown[] = [];
  #connected: AbortController | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    for (const query of PREFERENCES) matchMedia(query).addEventListener('change', this.#read, { signal });
    if (this.#base !== undefined) this.#read();
  }

  hostUpdated(): void {
    if (this.#base === undefined) this.#read();
  }

  hostDisconnected(): void {
    this.#connected?.abort();
  }

  /**
   * An invisible element whose styles have the colors. The colors change by a transition, whose end event reports any
   * change, also in the page's styles.
   */
  probe(): TemplateResult {
    return html`<span class="probe" aria-hidden="true" @transitionend=${this.#read}></span>`;
  }

  /** The theme: the same object until something in it changes. Undefined until the first update. */
  themeOf({ ownData, colorBy, grouping }: ViewerState, palette: PaletteName): Theme | undefined {
    const base = this.#base;
    if (base === undefined) return undefined;
    const colors = this.#colorsOf(ownData, palette, base);
    // Groupings of clusters change with every step of a fit, and their colors stay.
    const paletteOn = grouping?.paletteOn;
    const parts = [base, colors, colorBy, paletteOn];
    if (this.#theme === undefined || differ(parts, this.#themeParts)) {
      this.#themeParts = parts;
      const own = colorBy === 'class' ? colors.classes : colors.clusters;
      this.#theme = { ...base, ...colors, palette: paletteOn?.(base.background, palette) ?? own };
    }
    return this.#theme;
  }

  /** A running fit keeps its colors: the same `positions` array means the same map. */
  #colorsOf(data: ClusteringData | undefined, name: PaletteName, { background }: BaseTheme): GroupColors {
    const parts = [data?.positions, data?.clusters, data?.classes?.names, name, String(background)];
    if (differ(parts, this.#colorParts)) {
      this.#colorParts = parts;
      this.#colors = data === undefined ? { clusters: [], classes: [] } : groupColors(data, name, background);
    }
    return this.#colors;
  }

  readonly #read = (): void => {
    const probe = this.#host.renderRoot.querySelector<HTMLElement>('.probe');
    if (probe === null) return;
    const base = resolveTheme(probe);
    if (JSON.stringify(base) === JSON.stringify(this.#base)) return;
    this.#base = base;
    this.#host.requestUpdate();
  };
}

function differ(parts: readonly unknown[], others: readonly unknown[]): boolean {
  return parts.length !== others.length || parts.some((part, i) => part !== others[i]);
}
