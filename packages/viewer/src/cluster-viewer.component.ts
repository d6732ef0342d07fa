import { StateError, type DeviceLabels } from '@shoal/core';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { shell, tokens } from './cluster-viewer.styles.ts';
import type { ClusterDescription } from './data/describe-clusters.ts';
import type { ClusteringData } from './data/types.ts';
import { emit, type ClusterViewerEventMap } from './events.ts';
import { countOf, titleOf } from './interaction/describe.ts';
import { Announcer } from './shell/announcer.ts';
import type { FitController, FitHandle } from './live/fit-controller.ts';
import type { LiveFitSettings, LiveFitSettingsWithK } from './live/settings.ts';
import { choice, onUnlessOff } from './shell/choice.ts';
import { ColorSource, readColorBy, readSizeBy } from './shell/colors.ts';
import type { HashController, HashHost } from './shell/hash-controller.ts';
import type { ViewState } from './shell/hash-state.ts';
import { headerTemplate, type RendererInfo } from './shell/header.ts';
import { INPUT_NAMES } from './shell/inputs.ts';
import { RunsElement } from './shell/runs-element.ts';
import { ForwardedSlot } from './shell/forwarded-slot.ts';
import { takeEarlier } from './shell/take-earlier.ts';
import { labelBuffer } from './shell/label-buffer.ts';
import { LaterViews } from './shell/later-views.ts';
import { SideController } from './shell/side.ts';
import { panelTemplate, type ViewName } from './shell/panel.ts';
import { statusTemplate } from './shell/status.ts';
import { tellChange } from './shell/tell-changes.ts';
import { tabsTemplate } from './shell/tabs.ts';
import { panelStyles } from './shell/panel.styles.ts';
import { tabsFor, VIEW_TABS } from './shell/view-tabs.ts';
import { scatterOptions } from './render/create-scatter.ts';
import type { SizeBy } from './state/column-id.ts';
import type { ColorBy } from './state/grouping.ts';
import type { StateChange } from './state/viewer-state.ts';
import type { PaletteName } from './theme/palettes.ts';
import { ThemeController } from './theme/theme-controller.ts';
import type { Theme } from './theme/theme.ts';
import { loadHash } from './views/load-view.ts';
import { registerViews } from './views/register.ts';
import { hiddenStyles } from './views/shared/hidden.styles.ts';
import type { MapElement } from './shell/map-element.ts';

export type ThemeName = 'auto' | 'light' | 'dark';

/**
 * Shows clusters: a map of the points, what each cluster is, how clusters match classes, and how the fit went.
 *
 * @element cluster-viewer
 *
 * @attr {string} src - Address of a run folder to show
 * @attr {string} heading - The title; default that of the data
 * @attr {'auto'|'light'|'dark'} theme - Light or dark; `auto` follows the reader's preference
 * @attr {'default'|'colorblind'} palette - Colors of the groups; those of `colorblind` differ for everyone
 * @attr {'clusters'|'tree'|'columns'|'filters'|'rows'|'selection'|'runs'|'confusion'|'history'} view - The view beside the map
 * @attr {string} color-by - What colors show: `cluster`, `class`, `probability`, `distance`, `moved`, or `column:NAME`
 * @attr {string} size-by - What sizes of points show: `none`, `probability`, `distance`, or `column:NAME`
 * @attr {boolean} density - Whether the map shades by how many points fall on a pixel
 * @attr {'on'|'off'} thumbnails - Whether the map draws pictures when they are large enough to see
 * @attr {string} names-url - Address that gets each name that the reader gives a cluster
 * @attr {'on'|'off'} transitions - Whether points move from map to map
 * @attr {'open'|'closed'} side - Whether the view beside the map is shown
 * @attr {boolean} allow-fit - Whether the reader can cluster the points anew, in the view Runs
 * @attr {boolean} compact - Shows only the map
 * @attr {boolean} hash - Whether the view is kept in the hash of the page's address
 *
 * @fires {CustomEvent<SelectionChangeDetail>} selection-change - The selection changed
 * @fires {CustomEvent<PointHoverDetail>} point-hover - The pointer or the keyboard's cursor moved to a point, or left it
 * @fires {CustomEvent<ClusterSelectDetail>} cluster-select - A cluster became the chosen one, or none is chosen any more
 * @fires {CustomEvent<TreeCutDetail>} tree-cut - The tree was cut, or the labels of the fit are shown again
 * @fires {CustomEvent<FilterChangeDetail>} filter-change - The filters changed
 * @fires {CustomEvent<NameChangeDetail>} name-change - A cluster got another name
 * @fires {CustomEvent<DataChangeDetail>} data-change - Other data is shown
 * @fires {CustomEvent<RunDetail>} run-add - A run was added
 * @fires {CustomEvent<RunChangeDetail>} run-change - Another run is shown
 * @fires {CustomEvent<RunRenameDetail>} run-rename - A run got another name
 * @fires {CustomEvent<RunDetail>} run-remove - A run was removed
 * @fires {CustomEvent<FitProgressDetail>} fit-progress - A live fit made progress
 * @fires {CustomEvent<ViewerErrorDetail>} error - Something failed; the element shows the message, too. Does not bubble
 *
 * @slot toolbar - The page's own controls, at the end of the header
 * @slot tooltip - Shown beside the point under the pointer, instead of its picture and values
 * @slot empty - Shown while there is no data
 *
 * @csspart viewer - The frame around everything
 * @csspart header - The line at the top
 * @csspart title - The title of the data
 * @csspart metrics - The numbers in the header
 * @csspart notes - Remarks that a reader must know about the data
 * @csspart badge - What draws the map
 * @csspart fit - The state of a live fit
 * @csspart map - The map
 * @csspart side - The tabs and the view below them
 * @csspart tabs - The row of tabs
 * @csspart tab - A tab
 * @csspart tab-chosen - The tab that is chosen
 * @csspart panel - The view beside the map
 * @csspart card - A card of the clusters view
 * @csspart tree - What is in the tree view
 * @csspart columns - The table of the columns view
 * @csspart selection - What is in the selection view
 * @csspart filters - All of the filters view
 * @csspart rows - The table of the rows view
 * @csspart runs - What is in the runs view
 * @csspart matrix - The table of the confusion view
 * @csspart chart - A chart of the history view
 * @csspart empty - Shown while there is no data
 * @csspart loading - Shown while data is loading
 * @csspart error - Shown when the data cannot be shown
 * @csspart retry - The button that tries again
 * @csspart tooltip - Of the map: what is beside the point under the pointer
 * @csspart legend - Of the map: the menu of colors and the groups
 * @csspart map-toolbar - Of the map: its tools
 *
 * @cssprop [--cluster-viewer-height=560px] - Height of the element
 * @cssprop --cluster-viewer-background - Background of everything; colors of groups have a contrast of at least 3 to it
 * @cssprop --cluster-viewer-surface - Background of cards and headers
 * @cssprop --cluster-viewer-border - Lines
 * @cssprop --cluster-viewer-text - Text
 * @cssprop --cluster-viewer-subtle - Text that matters less
 * @cssprop --cluster-viewer-accent - Selection, focus, the matrix and the first line of a chart
 * @cssprop --cluster-viewer-muted - Points that a filter grays
 * @cssprop --cluster-viewer-danger - Errors
 * @cssprop [--cluster-viewer-radius=6px] - Corners
 * @cssprop [--cluster-viewer-font=system-ui, sans-serif] - Font
 */
export class ClusterViewer extends RunsElement implements HashHost {
  static override readonly styles = [tokens, panelStyles, shell, hiddenStyles];
  static override readonly properties: PropertyDeclarations = {
    src: { type: String, reflect: true },
    heading: { type: String, reflect: true },
    theme: choice(['auto', 'light', 'dark']),
    palette: choice(['default', 'colorblind']),
    view: choice(VIEW_TABS.map(({ name }) => name)),
    colorBy: {
      attribute: 'color-by',
      reflect: true,
      useDefault: true,
      converter: { fromAttribute: readColorBy, toAttribute: (value: ColorBy) => value },
    },
    sizeBy: {
      attribute: 'size-by',
      reflect: true,
      useDefault: true,
      converter: { fromAttribute: readSizeBy, toAttribute: (value: SizeBy) => value },
    },
    density: { type: Boolean, reflect: true },
    thumbnails: onUnlessOff,
    transitions: onUnlessOff,
    device: { attribute: false },
    hash: { type: Boolean, reflect: true },
    namesUrl: { type: String, attribute: 'names-url' },
    side: choice(['open', 'closed']),
    compact: { type: Boolean, reflect: true },
    allowFit: { type: Boolean, reflect: true, attribute: 'allow-fit' },
    renderer: { state: true },
  };

  /** Address of a run folder to show. */
  declare src: string | undefined;
  /** The title; default that of the data. */
  declare heading: string | undefined;
  /** Address that gets each name of a cluster that the reader writes, as JSON: `{ cluster, name }`. */
  declare namesUrl: string | undefined;
  /** Light or dark; `auto` follows the reader's preference. */
  declare theme: ThemeName;
  /** Colors of the groups; those of `colorblind` differ for everyone. */
  declare palette: PaletteName;
  /** The view beside the map. */
  declare view: ViewName;
  /** What colors show: clusters, classes, or the values of a column, if there are such. */
  declare colorBy: ColorBy;
  /** What sizes of points show: the values of a column of numbers or dates, if there is such. */
  declare sizeBy: SizeBy;
  /** Whether the map shades by how many points fall on a pixel. */
  declare density: boolean;
  /** Whether the map draws pictures when they are large enough to see. */
  declare thumbnails: boolean;
  /** Whether points move from map to map; they do not where less motion is preferred. */
  declare transitions: boolean;
  /** Whether the view is kept in the hash of the page's address. */
  declare hash: boolean;
  /** Whether the view beside the map is shown; the reader may change it. */
  declare side: 'open' | 'closed';
  /** Shows only the map, without a header or a side, as where there is little room. */
  declare compact: boolean;
  /** Whether the reader can cluster the points anew, in the view Runs. */
  declare allowFit: boolean;
  declare private renderer: RendererInfo | undefined;
  /**
   * A device to draw with, for example that of the page's engine. When it is replaced, the map is drawn again. The viewer
   * never destroys it. By default the map opens its own device.
   */
  declare device: GPUDevice | undefined;
  readonly #state = this.state;
  /** What was chosen before there was data to choose from. */
  #early: { readonly cluster?: number | undefined; readonly selection?: readonly number[] } = {};
  readonly #tooltip = new ForwardedSlot(this, 'tooltip');
  readonly #later = new LaterViews(this, this.failed);
  readonly #colors = new ColorSource(this.#state, this.failed);
  readonly #side = new SideController(this);
  readonly #themes = new ThemeController(this);
  readonly #announcer = new Announcer(this);
  /** Keeps the view in the address, once its code is loaded. */
  #address: HashController | undefined;
  /** Runs the fits; its code is loaded with the first. */
  #fits: FitController | undefined;

  constructor() {
    super();
    registerViews();
    this.theme = 'auto';
    this.palette = 'default';
    this.view = 'clusters';
    this.colorBy = 'cluster';
    this.sizeBy = 'none';
    this.density = false;
    this.thumbnails = true;
    this.transitions = true;
    this.hash = false;
    this.side = 'open';
    this.compact = false;
    this.allowFit = false;
    this.#state.subscribe((change) => {
      this.#onChange(change);
    });
    takeEarlier(this, ['data', ...INPUT_NAMES, 'cluster', 'selection', 'filters', 'mapBy', 'clusterNames']);
  }

  /** The selected points, ascending: indices of the shown points. */
  get selection(): Uint32Array {
    return this.#state.selection.points;
  }

  set selection(points: Iterable<number>) {
    if (this.#state.data === undefined) this.#early = { ...this.#early, selection: [...points] };
    else this.#state.select(points);
  }

  /**
   * Colors the points by labels on the shared `device`, without reading them back: for example those of a fit that is
   * running in the page. Call it again after the labels changed. The buffer must exist until you set other labels or other
   * `data`. Counts, cards and the tooltip still use the labels of the data.
   *
   * @param labels a label for each shown point: the result of `labelsOnDevice()`, or a buffer of `u32` with the usage
   * `STORAGE`
   * @throws {StateError} while no data is shown, or when the map does not share a device or cannot draw with it
   * @throws {ShapeError} when there is not one label per point
   */
  showLabels(labels: DeviceLabels | GPUBuffer): void {
    this.#state.showDeviceLabels(labelBuffer(labels, this.#state.data, this.device, this.renderer));
  }

  /**
   * Gives the shown clusters names and traits, as `describeClusters` makes them of profiles. Selection and colors stay.
   *
   * @throws {StateError} while no data is shown
   */
  describe(description: ClusterDescription & Partial<Pick<ClusteringData, 'notes'>>): void {
    const { data } = this.#state;
    if (data === undefined) throw new StateError('The viewer shows no clusters yet that could be described.');
    this.#state.updateData({ ...data, ...description });
  }

  /** The chosen cluster. */
  get cluster(): number | undefined {
    return this.#state.cluster;
  }

  set cluster(cluster: number | undefined) {
    if (this.#state.data === undefined) this.#early = { ...this.#early, cluster };
    else this.#state.lookAt(cluster);
  }

  /**
   * Clusters the points again in a Worker, while the map shows every iteration. A fit that is still running is stopped.
   * Waits for points that are still loading.
   *
   * @throws {StateError} while there are no points
   * @throws {InvalidArgumentError} for invalid settings
   */
  async fit(settings: LiveFitSettings | LiveFitSettingsWithK): Promise<FitHandle> {
    await this.updateComplete;
    await this.source.settled();
    const { FitController } = await import('./live/fit-controller.ts');
    this.#fits ??= new FitController(this.#state, {
      onStatus: () => {
        this.requestUpdate();
      },
      onProgress: (detail) => {
        emit(this, 'fit-progress', detail);
        if (detail.done)
          this.#announcer.say(`The fit ended after ${countOf(detail.iteration, 'iteration')}.`);
      },
    });
    const theme = this.#themes.themeOf(this.#state, this.palette);
    return this.#fits.start(settings, theme?.motion ?? true);
  }

  /** The selected points as CSV. @throws {StateError} while no data is shown */
  async exportCsv(): Promise<string> {
    return this.#map.selectionCsv();
  }

  /** The map as it is shown now, as PNG. @throws {StateError} while no data is shown */
  async exportPng(): Promise<Blob> {
    return this.#map.toPng();
  }

  /** The map as it is shown now, as SVG. @throws {StateError} while no data is shown */
  async exportSvg(): Promise<string> {
    return this.#map.toSvg();
  }

  /** @internal */
  override onData(data: ClusteringData | undefined): void {
    this.#fits?.dismiss();
    if (this.#state.runs === undefined) this.#state.setData(data);
    else this.#state.runs.restart(data);
    if (data === undefined) return;
    const { cluster, selection } = this.#early;
    this.#early = {};
    if (cluster !== undefined) this.#state.lookAt(cluster);
    if (selection !== undefined) this.#state.select(selection);
    this.#colors.show(this.colorBy);
    this.#announcer.say(
      `${this.#title}: ${countOf(data.count, 'point')} in ${countOf(data.clusters, 'cluster')}.`,
    );
    void this.updateComplete.then(() => this.#address?.start());
  }

  /** @internal */
  override onFailure(error: Error): void {
    emit(this, 'error', { error });
  }

  /** @internal */
  readView(): ViewState {
    const { cluster, selection, colorBy } = this.#state;
    const camera = this.renderRoot.querySelector<MapElement>('cluster-viewer-map')?.camera;
    return { view: this.view, color: colorBy, cluster, selection: selection.points, camera };
  }

  /** @internal */
  showView({ view, color, cluster, camera, selection }: ViewState): void {
    this.view = VIEW_TABS.find(({ name }) => name === view)?.name ?? this.view;
    if (color !== undefined) this.colorBy = readColorBy(color);
    this.#state.lookAt(cluster);
    this.#state.select(Array.from(selection ?? []));
    if (camera !== undefined) this.#map.camera = camera;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#fits?.cancel();
    this.#state.runs?.stop();
  }

  /** @internal */
  protected override readonly say = (message: string): void => {
    this.#announcer.say(message);
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') && (this.src !== undefined || changed.get('src') !== undefined)) {
      this.source.load(this.src);
    }
    if (changed.has('hash') && this.hash) this.#keepAddress().catch(this.failed);
    if (changed.has('colorBy')) this.#colors.show(this.colorBy);
    if (changed.has('sizeBy')) this.showSizes(this.sizeBy);
    if (changed.has('view')) this.#address?.write();
    if (this.view === 'runs' && this.#state.runs === undefined) this.startRuns().catch(this.failed);
  }

  protected override render(): TemplateResult {
    const { data } = this.#state;
    const theme = this.#themes.themeOf(this.#state, this.palette);
    const status = statusTemplate(this.source.status, data === undefined, () => {
      this.source.retry();
    });
    return html`${this.#themes.probe()}
      <div
        class="viewer"
        part="viewer"
        role="group"
        aria-label=${this.#title}
        @announce=${this.#announcer.onAnnounce}
      >
        ${this.compact ? nothing : headerTemplate(this.#title, data, this.renderer, this.#side.toggle())}
        ${status} ${this.#fitTemplate()}
        ${data === undefined || theme === undefined ? nothing : this.#body(theme)}
      </div>
      ${this.#announcer.region()}`;
  }

  #fitTemplate(): TemplateResult | typeof nothing {
    const status = this.#fits?.status;
    if (status === undefined || !this.#later.isHere('cluster-viewer-fit')) return nothing;
    return html`<cluster-viewer-fit
      exportparts="fit"
      .fits=${this.#fits}
      .status=${status}
    ></cluster-viewer-fit>`;
  }

  #body(theme: Theme): TemplateResult {
    const hasSide = this.side === 'open' && !this.compact;
    return html`<div class="body ${hasSide ? '' : 'alone'}">
      <div class="map" part="map">
        ${keyed(
          this.device,
          html`<cluster-viewer-map
            exportparts="tooltip, legend, display, toolbar: map-toolbar"
            .state=${this.#state}
            .theme=${theme}
            .density=${this.density}
            .thumbnails=${this.thumbnails}
            .transitions=${this.transitions}
            .renderer=${scatterOptions(this.device)}
            .named=${hasSide}
            @camera-change=${() => {
              this.#address?.write();
            }}
            @renderer-change=${(event: CustomEvent<RendererInfo>) => {
              this.renderer = event.detail;
            }}
            @error=${(event: ClusterViewerEventMap['error']) => {
              emit(this, 'error', event.detail);
            }}
          >
            ${this.#tooltip.template()}
          </cluster-viewer-map>`,
        )}
      </div>
      ${hasSide ? this.#sideTemplate(theme) : nothing}
    </div>`;
  }

  #sideTemplate(theme: Theme): TemplateResult {
    return html`${this.#side.edge()}
      <div class="side" part="side">
        ${tabsTemplate(tabsFor(this.#state, this.view, this.allowFit), this.view, (view) => {
          this.view = view;
        })}
        <div
          class="panel"
          part="panel"
          role="tabpanel"
          id="panel"
          aria-labelledby="tab-${this.view}"
          tabindex="0"
        >
          ${panelTemplate(this.view, { state: this.#state, theme, savesNames: this.namesUrl !== undefined, allowsFits: this.allowFit }, this.#later)}
        </div>
      </div>`;
  }

  async #keepAddress(): Promise<void> {
    const { HashController } = await loadHash();
    this.#address ??= new HashController(this);
  }

  get #title(): string {
    return this.heading ?? titleOf(this.#state.data);
  }

  get #map(): MapElement {
    const map = this.renderRoot.querySelector<MapElement>('cluster-viewer-map');
    if (map === null)
      throw new StateError('There is no map yet: give the viewer data, and await its updateComplete.');
    return map;
  }

  #onChange(change: StateChange): void {
    tellChange(change, this.#state, this, this.say);
    if (change === 'hover') return;
    if (change === 'name' && this.namesUrl !== undefined) this.saveName(this.namesUrl);
    if (change === 'wish') {
      const { wish } = this.#state;
      if ('colorBy' in wish) this.colorBy = wish.colorBy;
      if ('sizeBy' in wish) this.sizeBy = wish.sizeBy;
      if ('mapBy' in wish) this.mapBy = wish.mapBy;
      return;
    }
    if (change === 'colors') this.colorBy = this.#state.colorBy;
    // Another run, or another comparison, has other values of the columns that they are shown by.
    if (change === 'runs' || change === 'comparison') this.#colors.show(this.colorBy);
    if (this.colorBy === 'moved' && this.#state.runs?.compared === undefined) this.colorBy = 'cluster';
    if (change === 'colors' || change === 'data' || change === 'map' || change === 'runs')
      this.requestUpdate();
    this.#address?.write();
  }
}
