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
  #described: readonly unknown[] = [];
  #cards: readonly ClusterCard[] = [];
  #lookedAt: number | undefined;

  constructor() {
    super();
    this.order = 'number';
    this.shown = PAGE;
    new StateController(this, ['data', 'cluster', 'filters']);
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
      <div class="cards" role="list" aria-label="Clusters" @keydown=${this.#onKey} @focusin=${this.#onFocus}>
        ${repeat(
          cards,
          (card) => card.summary.cluster,
          (card) => {
            const isStop = card.summary.cluster === stop;
            const isCurrent = card.summary.cluster === cluster;
            return guard([card, this.theme, isStop, isCurrent, data, this.profile, passing], () =>
              cardTemplate({
                card,
                state: this.state,
                theme: this.theme,
                isStop,
                isCurrent,
                passed: passed &&
                  all && { points: passed[card.summary.cluster], of: all[card.summary.cluster] },
                facts: this.#factsOf(data, card.summary.cluster),
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
