import { html, LitElement, nothing, svg, type PropertyDeclarations, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { ClusteringData } from '../data/types.ts';
import type { ViewTree } from '../data/view-tree.ts';
import { emit, type TreeCutDetail } from '../events.ts';
import { announce } from '../interaction/announce.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import { branchesOf, countInBranches, pointsOfBranch } from '../tree/branches.ts';
import { cutColors } from '../tree/cut-colors.ts';
import { cutText } from '../tree/cut-text.ts';
import { heightsAround, type ViewCut } from '../tree/cut-tree.ts';
import { drawTree } from '../tree/draw-tree.ts';
import { MARGIN, px, type TreePicture } from '../tree/picture.ts';
import { relabel } from '../tree/relabel.ts';
import { percent, quantity } from './shared/format.ts';
import { viewStyles } from './shared/view.styles.ts';
import { cutControls } from './tree/cut-controls.ts';
import { describeBranch } from './tree/describe-branch.ts';
import { axisTemplate, branchesTemplate, markTemplate } from './tree/picture-template.ts';
import { branchTarget } from './tree/tree-keys.ts';
import { treeStyles } from './tree/tree.styles.ts';

/** Share of a branch that is selected, from which on the branch is marked. */
const MARKED_FROM = 0.5;

/**
 * The tree that the clusters were taken from. The pointer and the focus show the points of a branch on the map; a click and Enter
 * select them. A slider cuts the tree, and the map shows the clusters of the cut.
 *
 * @element cluster-viewer-tree
 * @fires tree-cut - the tree was cut, or the labels of the fit are shown again
 * @csspart tree All of it
 */
class TreeView extends LitElement {
  static override readonly styles = [viewStyles, treeStyles];
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    size: { state: true },
    root: { state: true },
    stop: { state: true },
    pointed: { state: true },
    focused: { state: true },
    cut: { state: true },
    place: { state: true },
  };

  declare state: ViewerState;
  declare theme: Theme;
  declare private size: { readonly width: number; readonly height: number };
  /** The branch that fills the picture. */
  declare private root: number;
  /** The branch in the tab order. */
  declare private stop: number;
  /** The branch under the pointer. */
  declare private pointed: number | undefined;
  /** The branch with the focus of the keyboard. */
  declare private focused: number | undefined;
  declare private cut: ViewCut | undefined;
  /** Where the tree was cut to give the labels that are used. */
  declare private place: ViewCut['place'] | undefined;
  #tree: ViewTree | undefined;
  #labels: Uint32Array | undefined;
  #picture: { readonly of: readonly unknown[]; readonly picture: TreePicture } | undefined;
  readonly #resizes = new ResizeObserver(([{ contentRect }]) => {
    this.size = { width: Math.floor(contentRect.width), height: Math.floor(contentRect.height) };
  });

  constructor() {
    super();
    this.size = { width: 0, height: 0 };
    this.root = 0;
    this.stop = 0;
    new StateController(this, ['data', 'selection', 'hover', 'colors']);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.state.highlight(undefined);
    this.#showCut(undefined);
  }

  protected override willUpdate(): void {
    const { data } = this.state;
    if (data?.tree?.parents !== this.#tree?.parents) {
      this.root = 0;
      this.stop = 0;
      this.pointed = undefined;
    }
    if (data?.labels !== this.#labels) {
      this.place = this.state.fitted === undefined ? undefined : this.cut?.place;
      this.cut = undefined;
    }
    this.#tree = data?.tree;
    this.#labels = data?.labels;
  }

  protected override updated(): void {
    const picture = this.renderRoot.querySelector('.picture');
    this.#resizes.disconnect();
    if (picture !== null) this.#resizes.observe(picture);
  }

  protected override render(): TemplateResult {
    const { data } = this.state;
    const tree = data?.tree;
    if (data === undefined || tree === undefined) {
      return html`<p class="nothing">
        <strong>There is no tree</strong>
        HDBSCAN, agglomerative clustering and bisecting k-means take their clusters from one.
      </p>`;
    }
    return html`${this.#controls(data, tree)}
      <div class="picture" part="tree" @pointerleave=${this.#onLeave}>
        ${this.size.width > 0 && this.size.height > 0 ? this.#svg(data, tree) : nothing}
      </div>
      ${this.#about(data, tree)}`;
  }

  #controls(data: ClusteringData, tree: ViewTree): TemplateResult {
    const { cut } = this;
    return html`<div class="controls">
      <div class="cut">
        ${cutControls({
          tree,
          place: cut?.place ?? this.place ?? { clusters: data.clusters },
          onCut: (found) => {
            this.#showCut(found);
          },
        })}
      </div>
      <p class="found number" role="status">${this.#foundText(data, tree)}</p>
      <button type="button" ?disabled=${cut === undefined} @click=${this.#use}>Use these labels</button>
      <button
        type="button"
        ?disabled=${cut === undefined && this.state.fitted === undefined}
        @click=${this.#undo}
      >
        Back to the labels of the fit
      </button>
    </div>`;
  }

  #foundText(data: ClusteringData, tree: ViewTree): string {
    const { cut } = this;
    if (cut === undefined) {
      const { fitted } = this.state;
      return `${countOf(data.clusters, 'cluster')} of ${fitted === undefined ? 'the fit' : 'a cut'}`;
    }
    const without = cut.labels.reduce((sum, label) => sum + (label < cut.clusters ? 0 : 1), 0);
    const noise = without === 0 ? '' : `, ${percent(without / Math.max(1, data.count))} in none`;
    const [low, high] = tree.kind === 'dendrogram' ? heightsAround(tree, cut.clusters) : [0, 0];
    const between =
      tree.kind === 'dendrogram'
        ? `, cut between distance ${quantity(low, 3)} and ${high < Infinity ? quantity(high, 3) : 'any greater'}`
        : '';
    return `${countOf(cut.clusters, 'cluster')}${noise}${between}`;
  }

  #svg(data: ClusteringData, tree: ViewTree): TemplateResult {
    const { width, height } = this.size;
    const picture = this.#drawn(tree);
    const nodeClusters = this.cut?.nodeClusters ?? tree.clusters;
    const colors = this.cut === undefined ? this.theme.clusters : this.theme.palette;
    const { points } = this.state.selection;
    const { hovered } = this.state;
    const under =
      this.pointed ?? (hovered === undefined ? undefined : this.#drawnNode(tree, hovered, picture));
    return html`<svg
      viewBox="0 0 ${width} ${height}"
      role="tree"
      aria-label="Tree of clusters"
      aria-multiselectable="true"
      @keydown=${this.#onKey}
      @click=${this.#onClick}
      @dblclick=${this.#onDoubleClick}
      @pointermove=${this.#onPointer}
      @focusin=${this.#onFocus}
      @focusout=${this.#onBlur}
    >
      ${axisTemplate(picture, width)}
      ${guard([picture, nodeClusters, colors, points, this.stop, data], () => {
        const selected = countInBranches(tree, points);
        const all = countInBranches(tree, Uint32Array.from(tree.nodes.keys()));
        const marked = markedBranches(tree, picture, selected, all);
        return svg`${branchesTemplate({ data, tree, picture, nodeClusters, colors, stop: this.stop, selected, all })}
          ${marked.map((node) => markTemplate(picture, node, 'selected'))}`;
      })}
      ${markTemplate(picture, under, 'hover')} ${markTemplate(picture, this.focused, 'focus')}
      ${this.#cutLine(tree, picture)}
    </svg>`;
  }

  #drawn(tree: ViewTree): TreePicture {
    const of = [tree.parents, tree.nodes, this.size, this.root];
    if (this.#picture === undefined || of.some((part, i) => part !== this.#picture?.of[i])) {
      this.#picture = { of, picture: drawTree(tree, { ...this.size, root: this.root }) };
    }
    return this.#picture.picture;
  }

  /** The drawn branch of a point. */
  #drawnNode(tree: ViewTree, point: number, { branches }: TreePicture): number | undefined {
    const drawn = new Set(branches.map(({ node }) => node));
    let node = tree.nodes[point];
    while (node > 0 && !drawn.has(node)) node = tree.parents[node];
    return drawn.has(node) ? node : undefined;
  }

  #cutLine(tree: ViewTree, picture: TreePicture) {
    const { cut } = this;
    if (cut === undefined) return nothing;
    let value: number;
    if ('radius' in cut.place) value = cut.place.radius;
    else if (tree.kind === 'dendrogram') {
      const [low, high] = heightsAround(tree, cut.clusters);
      value = high < Infinity ? (low + high) / 2 : low * 1.01;
    } else return nothing;
    const y = px(picture.yOf(value));
    return svg`<line class="line" x1=${MARGIN.left} x2=${this.size.width - MARGIN.right} y1=${y} y2=${y}></line>`;
  }

  #about(data: ClusteringData, tree: ViewTree): TemplateResult {
    const branch = this.pointed ?? this.focused ?? this.stop;
    const isAlone = this.root !== 0;
    return html`<div class="about">
      <span>${describeBranch(data, tree, branch)}</span>
      ${
        isAlone
          ? html`<button type="button" @click=${this.#showAll}>Whole tree</button>`
          : html`<button
              type="button"
              ?disabled=${this.stop === this.root || branchesOf(tree).children[this.stop].length === 0}
              @click=${() => {
                this.#showAlone(this.stop);
              }}
            >
              Only this branch
            </button>`
      }
    </div>`;
  }

  #nodeOf(event: Event): number | undefined {
    const item = (event.target as Element).closest<SVGElement>('[data-node]');
    return item === null ? undefined : Number(item.dataset['node']);
  }

  readonly #onPointer = (event: Event): void => {
    const node = this.#nodeOf(event);
    if (node === this.pointed) return;
    this.pointed = node;
    this.#highlight(node ?? this.focused);
  };

  readonly #onLeave = (): void => {
    this.pointed = undefined;
    this.#highlight(this.focused);
  };

  readonly #onFocus = (event: Event): void => {
    const node = this.#nodeOf(event);
    if (node === undefined) return;
    this.stop = node;
    // A click focuses, too; then the pointer already shows the branch.
    if (!(event.target as Element).matches(':focus-visible')) return;
    this.focused = node;
    this.#highlight(node);
  };

  readonly #onBlur = (): void => {
    this.focused = undefined;
    this.#highlight(this.pointed);
  };

  #highlight(node: number | undefined): void {
    const tree = this.#tree;
    this.state.highlight(node === undefined || tree === undefined ? undefined : pointsOfBranch(tree, node));
  }

  readonly #onClick = (event: MouseEvent): void => {
    const node = this.#nodeOf(event);
    if (node === undefined) return;
    this.stop = node;
    this.#select(node, event.shiftKey || event.ctrlKey || event.metaKey);
  };

  readonly #onDoubleClick = (event: MouseEvent): void => {
    const node = this.#nodeOf(event);
    if (node !== undefined) this.#showAlone(node);
  };

  #select(node: number, isAdded: boolean): void {
    const tree = this.#tree;
    if (tree !== undefined) this.state.select(pointsOfBranch(tree, node), isAdded ? 'add' : 'replace');
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const tree = this.#tree;
    if (tree === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const { branches } = this.#drawn(tree);
    const current = branches.findIndex(({ node }) => node === this.stop);
    if (current < 0) return;
    const target = branchTarget(event.key, branches, current);
    if (target !== undefined) void this.#moveTo(branches[target].node);
    else if (event.key === 'Enter' || event.key === ' ') this.#select(this.stop, event.shiftKey);
    else if (event.key === 'ArrowRight' && branches[current].isCollapsed) this.#showAlone(this.stop);
    else if (event.key === 'Escape' && this.root !== 0) this.#showAll();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  async #moveTo(node: number): Promise<void> {
    this.stop = node;
    await this.updateComplete;
    this.renderRoot.querySelector<SVGElement>(`[data-node="${node}"]`)?.focus();
  }

  #showAlone(node: number): void {
    const tree = this.#tree;
    if (tree === undefined || node === this.root || branchesOf(tree).children[node].length === 0) return;
    this.root = node;
    announce(
      this,
      `Only this branch is drawn: ${countOf(tree.sizes[node], 'row')}. Escape shows the whole tree.`,
    );
    void this.#moveTo(node);
  }

  readonly #showAll = (): void => {
    const node = this.root;
    this.root = 0;
    announce(this, 'The whole tree is drawn.');
    void this.#moveTo(node);
  };

  /** Colors the map by a cut; undefined shows what was there before. */
  #showCut(cut: ViewCut | undefined): void {
    const { data } = this.state;
    if (data === undefined || cut === this.cut) return;
    this.cut = cut;
    if (cut === undefined) {
      this.state.preview(undefined);
      return;
    }
    const sizes = new Uint32Array(cut.clusters + 1);
    for (const label of cut.labels) sizes[Math.min(label, cut.clusters)]++;
    this.state.preview({
      labels: cut.labels,
      colors: cut.clusters,
      groups: Array.from({ length: cut.clusters }, (_, group) => ({
        group,
        name: `Cluster ${integer(group)}`,
        size: sizes[group],
      })),
      without: sizes[cut.clusters],
      lacking: 'cluster',
      paletteOn: cutColors(data, cut),
    });
    this.#tell(cut, false);
  }

  #tell({ place, clusters, labels }: Omit<TreeCutDetail, 'used'>, used: boolean): void {
    emit(this, 'tree-cut', { place, clusters, labels, used });
  }

  readonly #use = async (): Promise<void> => {
    const { data } = this.state;
    const { cut } = this;
    if (data === undefined || cut === undefined) return;
    const relabeled = await relabel(data, cut);
    // Other data may have come while this was computed.
    if (this.state.data !== data) return;
    this.state.relabel(relabeled);
    announce(this, `The clusters are those of the tree cut ${cutText(cut)}.`);
    this.#tell(cut, true);
  };

  readonly #undo = (): void => {
    this.#showCut(undefined);
    this.state.restore();
    const { data } = this.state;
    if (data === undefined) return;
    announce(this, 'The clusters are those of the fit again.');
    const { clusters, labels } = data;
    this.#tell({ place: undefined, clusters, labels }, true);
  };
}

/** The highest branches of which most points are selected. */
function markedBranches(
  { parents }: ViewTree,
  { branches }: TreePicture,
  selected: Uint32Array,
  all: Uint32Array,
): readonly number[] {
  const isMarked = (node: number): boolean => selected[node] > 0 && selected[node] >= MARKED_FROM * all[node];
  return branches
    .map(({ node }) => node)
    .filter((node) => isMarked(node) && (node === branches[0].node || !isMarked(parents[node])));
}

export { TreeView as View };
