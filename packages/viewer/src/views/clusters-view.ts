import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ClusteringData } from '../data/types.ts';
import { countOf } from '../interaction/describe.ts';
import { countLabels } from '../interaction/groups.ts';
import { passingCounts, passingData } from '../interaction/passing-data.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import { cardTemplate } from './clusters/card.ts';
import { clustersStyles } from './clusters/clusters.styles.ts';
import {
  clusterCards,
  ordersFor,
  sortCards,
  type ClusterCard,
  type ClusterOrder,
} from './clusters/describe-cluster.ts';
import { download } from './map/download.ts';
import { loadProfile } from './load-view.ts';
import { factBarStyles } from './shared/fact-bar.styles.ts';
import { pointStripStyles } from './shared/point-strip.ts';
import { viewStyles } from './shared/view.styles.ts';

/** Cards that are created at a time: thousands would be too many to scroll through, and each has dozens of elements. */
const PAGE = 200;
/** The most columns on a card. */
const MAX_FACTS = 5;

const ORDER_NAMES: Readonly<Record<ClusterOrder, string>> = {
  number: 'number',
  size: 'size',
  purity: 'purity',
  inertia: 'inertia',
  weight: 'weight',
};

/**
 * A card for each cluster, with its centroid, size, members and classes. One card at a time is in the tab order; Up, Down,
 * Home and End move to others.
 *
 * @element cluster-viewer-clusters
 * @csspart card A cluster's card
 */
export class ClustersView extends LitElement {
  static override readonly styles = [viewStyles, pointStripStyles, factBarStyles, clustersStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    order: { state: true },
    shown: { state: true },
    stop: { state: true },
    profile: { state: true },
    naming: { state: true },
    savesNames: { attribute: false },
  };

  declare state: ViewerState;
  declare theme: Theme;
  declare private order: ClusterOrder;
  /** Number of cards that are shown. */
  declare private shown: number;
  /** The cluster of the card in the tab order. */
  declare private stop: number | undefined;
  /** The code that compares columns, when it is loaded. */
  declare private profile: Awaited<ReturnType<typeof loadProfile>> | undefined;
  /** The cluster whose name the reader is writing. */
  declare private naming: number | undefined;
  /** Whether the page keeps names where the data is, so that the reader need not save them. */
  declare savesNames: boolean;
  #described: readonly unknown[] = [];
  #cards: readonly ClusterCard[] = [];
  /** The field that is shown. */
  #field: HTMLInputElement | null = null;
  #lookedAt: number | undefined;

  constructor() {
    super();
    this.order = 'number';
    this.shown = PAGE;
    this.savesNames = false;
    new StateController(this, ['data', 'cluster', 'passing']);
  }

  protected override render(): TemplateResult {
    const { data, cluster } = this.state;
    if (data === undefined) return html`${nothing}`;
    if (data.clusters === 0) {
      return html`<p class="nothing"><strong>There are no clusters</strong>No point is in a cluster.</p>`;
    }
    const { passing } = this.state;
    const passed = passing && passingCounts(data, passing);
    const all = passing && countLabels(data.labels, data.count, data.clusters);
    const sorted = this.#sorted(data);
    const cards = sorted.slice(0, this.shown);
    const stop = cards.some(({ summary }) => summary.cluster === this.stop)
      ? this.stop
      : cards[0].summary.cluster;
    const empty = sorted.filter(({ summary }) => summary.size === 0).length;
    return html`<div class="tools">
        ${this.#orderTemplate()}
        <span class="count subtle number"
          >${countOf(data.clusters, 'cluster')}${empty > 0 ? `, ${empty} empty` : nothing}</span
        >
      </div>
      ${this.state.canUndoName ? this.#namesTemplate(data) : nothing}
      <div class="cards" role="list" aria-label="Clusters" @keydown=${this.#onKey} @focusin=${this.#onFocus}>
        ${repeat(
          cards,
          (card) => card.summary.cluster,
          (card) => {
            const isStop = card.summary.cluster === stop;
            const isCurrent = card.summary.cluster === cluster;
            const isNaming = card.summary.cluster === this.naming;
            return guard([card, this.theme, isStop, isCurrent, isNaming, data, this.profile, passing], () =>
              cardTemplate({
                card,
                state: this.state,
                theme: this.theme,
                isStop,
                isCurrent,
                passed: passed &&
                  all && { points: passed[card.summary.cluster], of: all[card.summary.cluster] },
                facts: this.#factsOf(data, card.summary.cluster),
                isNaming,
                ownName: data.clusterNames?.[card.summary.cluster],
                onRename: () => {
                  this.naming = card.summary.cluster;
                },
                onName: (name) => {
                  this.#name(card.summary.cluster, name);
                },
                onLook: () => {
                  this.state.lookAt(
                    this.state.cluster === card.summary.cluster ? undefined : card.summary.cluster,
                  );
                },
                onSelect: () => {
                  this.#select(card.summary.cluster);
                },
              }),
            );
          },
        )}
      </div>
      ${sorted.length > cards.length ? this.#moreTemplate(sorted.length - cards.length) : nothing}`;
  }

  /** What sets a cluster apart, as bars; undefined before it is known, and where points have no columns to compare. */
  #factsOf(data: ClusteringData, cluster: number): TemplateResult | undefined {
    if (this.profile === undefined) return undefined;
    const { clusterFacts, largestFacts, factBars } = this.profile;
    const facts = largestFacts(clusterFacts(data, this.state.passing), cluster);
    return facts.length === 0 ? undefined : factBars(facts.slice(0, MAX_FACTS));
  }

  /** Loads the code that compares columns after the cards are shown; not while a fit changes the clusters. */
  #loadProfile({ columns, points, images, summaries }: ClusteringData): void {
    const isFinal = summaries.some(({ nearest }) => nearest.length > 0);
    const isComparable = columns !== undefined || (points !== undefined && images === undefined);
    if (this.profile !== undefined || !isComparable || !isFinal) return;
    loadProfile().then(
      (profile) => {
        this.profile = profile;
      },
      () => {
        // The cards are complete without it, and the Columns view tells what went wrong.
      },
    );
  }

  /** Scrolls to the card of a cluster that was chosen in another view. */
  protected override updated(): void {
    const { cluster, data } = this.state;
    if (data !== undefined) this.#loadProfile(data);
    const field = this.renderRoot.querySelector<HTMLInputElement>('.name-field');
    if (field !== null && field !== this.#field) field.select();
    this.#field = field;
    if (cluster === this.#lookedAt || data === undefined) return;
    this.#lookedAt = cluster;
    if (cluster === undefined) return;
    const place = this.#sorted(data).findIndex(({ summary }) => summary.cluster === cluster);
    if (place >= this.shown) {
      this.shown = place + 1;
      this.#lookedAt = undefined;
      return;
    }
    this.stop = cluster;
    this.#card(cluster)?.scrollIntoView({
      block: 'nearest',
      behavior: this.theme.motion ? 'smooth' : 'instant',
    });
  }

  #orderTemplate(): TemplateResult {
    return html`<label
      >Sort by
      <select
        @change=${(event: Event) => {
          this.order = (event.target as HTMLSelectElement).value as ClusterOrder;
        }}
      >
        ${ordersFor(this.#cards).map(
          (order) =>
            html`<option value=${order} ?selected=${order === this.order}>${ORDER_NAMES[order]}</option>`,
        )}
      </select></label
    >`;
  }

  /** What became of the names, and the way back. */
  #namesTemplate({ clusterNames = [] }: ClusteringData): TemplateResult {
    return html`<div class="names">
      <span>${this.savesNames ? 'Names are saved.' : 'Names are changed on this page only.'}</span>
      <button
        type="button"
        @click=${() => {
          this.state.undoName();
        }}
      >
        Undo
      </button>
      ${
        this.savesNames
          ? nothing
          : html`<button
              type="button"
              @click=${() => {
                const names = JSON.stringify(
                  Array.from(clusterNames, (name) => name ?? null),
                  undefined,
                  2,
                );
                download(new Blob([names], { type: 'application/json' }), 'cluster-names.json');
              }}
            >
              Save as JSON
            </button>`
      }
    </div>`;
  }

  /** @param name undefined leaves the name as it was; an empty one takes it away */
  #name(cluster: number, name: string | undefined): void {
    if (this.naming !== cluster) return;
    this.naming = undefined;
    if (name !== undefined) this.state.rename(cluster, name.trim() === '' ? undefined : name.trim());
    void this.updateComplete.then(() => {
      // Not when the reader went elsewhere meanwhile.
      if (this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === null)
        this.#card(cluster)?.querySelector<HTMLElement>('.name')?.focus();
    });
  }

  #moreTemplate(rest: number): TemplateResult {
    return html`<button
      type="button"
      class="more"
      @click=${() => {
        this.shown += PAGE;
      }}
    >
      Show ${Math.min(rest, PAGE)} more of ${rest}
    </button>`;
  }

  #sorted(data: ClusteringData): readonly ClusterCard[] {
    const { passing } = this.state;
    if (data !== this.#described[0] || passing !== this.#described[1]) {
      this.#described = [data, passing];
      this.#cards = clusterCards(passingData(data, passing));
    }
    return sortCards(this.#cards, ordersFor(this.#cards).includes(this.order) ? this.order : 'number');
  }

  #select(cluster: number): void {
    const { data } = this.state;
    if (data === undefined) return;
    const points: number[] = [];
    data.labels.forEach((label, point) => {
      if (label === cluster) points.push(point);
    });
    this.state.select(points);
  }

  #card(cluster: number): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>(`[data-cluster="${cluster}"]`) ?? undefined;
  }

  readonly #onFocus = (event: FocusEvent): void => {
    const card = (event.target as HTMLElement).closest<HTMLElement>('.card');
    if (card !== null) this.stop = Number(card.dataset['cluster']);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'F2') {
      const card = (event.target as HTMLElement).closest<HTMLElement>('.card');
      if (card !== null) this.naming = Number(card.dataset['cluster']);
      return;
    }
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.state.undoName();
      return;
    }
    const cards = [...this.renderRoot.querySelectorAll<HTMLElement>('.card')];
    const current = cards.findIndex((card) => card.contains(event.target as Node));
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: cards.length - 1,
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    const target = Math.max(0, Math.min(cards.length - 1, moves[event.key]));
    cards[target].querySelector<HTMLElement>('.name')?.focus();
  };
}
