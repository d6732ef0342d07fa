import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type * as Csv from '../export/csv.ts';
import type * as MapExport from '../export/map-export.ts';
import { announce } from '../interaction/announce.ts';
import { MapActions } from '../interaction/map-actions.ts';
import { MapControls, type ControlsHost } from '../interaction/map-controls.ts';
import { PointerGestures } from '../interaction/pointer-gestures.ts';
import { scatterOptions, type ScatterOptions } from '../render/create-scatter.ts';
import type { Camera } from '../render/scatter.ts';
import { StateController } from '../state/state-controller.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import { controls as controlStyles } from './map/controls.styles.ts';
import { download } from './map/download.ts';
import { MapStage } from './map/map-stage.ts';
import { mapTemplate } from './map/map-template.ts';
import { mapStyles } from './map/map-view.styles.ts';
import type { View as HelpView } from './help-view.ts';
import { loadNeighbors, loadView } from './load-view.ts';
import { hiddenStyles } from './shared/hidden.styles.ts';
import type { Export, Toggle, ToolsHost } from './map/tools.ts';

/** How many neighbors of a point a key selects. */
const NEIGHBORS = 10;

/** The map was moved or zoomed. */
interface CameraChangeDetail {
  readonly camera: Camera;
}

/**
 * The map: points, the model's centroids and ellipses, and the controls of the reader.
 *
 * @element cluster-viewer-map
 * @fires camera-change - the map was moved or zoomed
 * @fires renderer-change - another backend draws now
 * @fires announce - a message for screen readers
 * @fires error - the map cannot be drawn, or a file cannot be saved
 * @slot tooltip - shown beside the point under the pointer, instead of its picture and values
 */
export class MapView extends LitElement implements ControlsHost, ToolsHost {
  static override readonly properties: PropertyDeclarations = {
    state: { attribute: false },
    theme: { attribute: false },
    density: { attribute: false },
    thumbnails: { attribute: false },
    transitions: { attribute: false },
    renderer: { attribute: false },
    named: { attribute: false },
  };

  static override readonly styles = [controlStyles, mapStyles, hiddenStyles];

  declare state: ViewerState;
  declare theme: Theme;
  /** Whether to shade by how many points fall on a pixel; the reader may change it. */
  declare density: boolean;
  /** Whether to draw pictures when they are large enough to be visible; the reader may change it. */
  declare thumbnails: boolean;
  /** Whether points move from map to map; the reader may change it. */
  declare transitions: boolean;
  /** What the map draws with; read when the map is first shown. */
  declare renderer: ScatterOptions;
  /** Whether cards name the clusters beside the map, so that the legend need not. */
  declare named: boolean;
  readonly stage = new MapStage(() => {
    this.#onStage();
  });
  readonly actions = new MapActions(this);
  readonly controls = new MapControls(this);
  toggles: Readonly<Record<Toggle, boolean>> = {
    density: false,
    thumbnails: true,
    model: true,
    display: false,
    transitions: true,
  };
  #gestures: PointerGestures | undefined;
  #camera: Camera | undefined;
  #flight: Uint32Array | undefined;
  #failure: Error | undefined;
  /** The last description of the renderer. */
  #drawsBy: string | undefined;
  /** The last status message, shown on the page. */
  #said = '';

  constructor() {
    super();
    this.density = false;
    this.thumbnails = true;
    this.transitions = true;
    this.renderer = scatterOptions();
    this.named = false;
    new StateController(this, [
      'data',
      'model',
      'labels',
      'selection',
      'hover',
      'highlight',
      'cluster',
      'mute',
      'passing',
      'colors',
      'sizes',
      'map',
      'fly',
    ]);
  }

  /** The camera. */
  get camera(): Camera {
    this.stage.load(this.state);
    return this.stage.camera;
  }

  set camera(camera: Camera) {
    this.stage.load(this.state);
    this.stage.moveTo(camera);
  }

  /** Zooms to the whole map. */
  fit(): void {
    this.actions.fit();
  }

  /** Zooms to some points. */
  flyTo(points: ArrayLike<number>): void {
    this.actions.flyTo(points);
  }

  /** The map as it is shown now, with its model, in device pixels. */
  async toPng(): Promise<Blob> {
    const { exportPng } = await loadExports();
    return exportPng(this.#exported);
  }

  /** The map as it is shown now: up to 20,000 points are circles; more are one picture, as its `desc` says. */
  async toSvg(): Promise<string> {
    const { exportSvg } = await loadExports();
    return (await exportSvg(this.#exported)).svg;
  }

  /** The selected points as a table; see `toCsv`. */
  async selectionCsv(): Promise<string> {
    const { data, selection } = this.state;
    const { points } = selection;
    const { toCsv } = await loadCsv();
    return data === undefined ? '' : toCsv(data, points);
  }

  announce(message: string): void {
    this.#said = message;
    announce(this, message);
    this.requestUpdate();
  }

  cancelGesture(): boolean {
    return this.#gestures?.cancel() ?? false;
  }

  openHelp(): void {
    this.#openHelp().catch(this.#failed);
  }

  selectNeighbors(point: number): void {
    loadNeighbors()
      .then((select) => {
        this.announce(select(this.state, point, NEIGHBORS).message);
      })
      .catch(this.#failed);
  }

  openFind(): void {
    const menu = this.renderRoot.querySelector<HTMLDetailsElement>('.menu');
    if (menu === null) return;
    menu.open = true;
    menu.querySelector('input')?.focus();
  }

  toggle(what: Toggle): void {
    if (what === 'display' && customElements.get('cluster-viewer-display') === undefined) {
      loadView('cluster-viewer-display').then(() => {
        this.toggle(what);
      }, this.#failed);
      return;
    }
    this.toggles = { ...this.toggles, [what]: !this.toggles[what] };
    this.requestUpdate();
  }

  save(what: Export): void {
    this.#save(what).catch((error: unknown) => {
      const failure = error instanceof Error ? error : new Error(String(error));
      this.announce(failure.message);
      this.#fail(failure);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gestures?.destroy();
    this.#gestures = undefined;
    this.stage.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const given = (['density', 'thumbnails', 'transitions'] as const).filter((name) => changed.has(name));
    for (const name of given) this.toggles = { ...this.toggles, [name]: this[name] };
    this.stage.load(this.state);
  }

  protected override render(): TemplateResult {
    return html`${mapTemplate(this, { said: this.#said, onKey: this.#onKey, onFind: this.#onFind })}
      <cluster-viewer-help></cluster-viewer-help>`;
  }

  protected override updated(): void {
    const surface = this.renderRoot.querySelector<HTMLElement>('.surface');
    const container = this.renderRoot.querySelector<HTMLElement>('.points');
    if (surface === null || container === null || !this.isConnected) return;
    this.#gestures ??= new PointerGestures(surface, this.controls);
    this.stage.connect(container, this.renderer);
    this.stage.show(this.state, this.theme, this.toggles);
    this.#follow();
    // It depends on the number of points, which are shown now.
    this.#sayWhatDraws();
  }

  get #exported() {
    return { state: this.state, theme: this.theme, stage: this.stage, model: this.toggles.model };
  }

  #onStage(): void {
    this.requestUpdate();
    this.#sayWhatDraws();
    const { camera, failure } = this.stage;
    if (failure !== undefined && failure !== this.#failure) this.#fail(failure);
    this.#failure = failure;
    if (camera === this.#camera) return;
    this.#camera = camera;
    this.dispatchEvent(new CustomEvent<CameraChangeDetail>('camera-change', { detail: { camera } }));
  }

  #sayWhatDraws(): void {
    const { scatter, failure } = this.stage;
    const backend = failure !== undefined ? 'none' : scatter?.backend;
    const description = failure?.message ?? scatter?.description ?? '';
    if (backend === undefined || description === this.#drawsBy) return;
    this.#drawsBy = description;
    this.dispatchEvent(new CustomEvent('renderer-change', { detail: { backend, description } }));
  }

  /** Flies where another view asks it to. */
  #follow(): void {
    const { flight } = this.state;
    if (flight === this.#flight) return;
    this.#flight = flight;
    if (flight !== undefined) this.actions.flyTo(flight);
  }

  readonly #failed = (error: unknown): void => {
    this.#fail(error instanceof Error ? error : new Error(String(error)));
  };

  #fail(error: Error): void {
    this.dispatchEvent(new CustomEvent('error', { detail: { error } }));
  }

  async #openHelp(): Promise<void> {
    await loadView('cluster-viewer-help');
    await this.renderRoot.querySelector<HelpView>('cluster-viewer-help')?.open();
  }

  async #save(what: Export): Promise<void> {
    if (what === 'png') {
      download(await this.toPng(), 'map.png');
      this.announce('The map was saved as PNG.');
    } else if (what === 'svg') {
      const { exportSvg } = await loadExports();
      const { svg, description } = await exportSvg(this.#exported);
      download(new Blob([svg], { type: 'image/svg+xml' }), 'map.svg');
      this.announce(`The map was saved as SVG. ${description}`);
    } else {
      const { data, selection } = this.state;
      if (data === undefined) return;
      const { points } = selection;
      const { toCsv, valuesFit } = await loadCsv();
      const values = valuesFit(data, points.length);
      download(new Blob([toCsv(data, points, { values })], { type: 'text/csv' }), 'selection.csv');
      this.announce(
        `The selection was saved as CSV${values ? '' : ', without values, as there are too many'}.`,
      );
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    // Buttons on the map handle their own keys.
    if (event.target !== event.currentTarget || !this.controls.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onFind = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector('input');
    if (input !== null) this.actions.find(input.value).catch(this.#failed);
  };
}

/** Saving a picture is rare, so its code is loaded on demand. */
function loadExports(): Promise<typeof MapExport> {
  return import('../export/map-export.ts');
}

/** Saving a table is as rare. */
function loadCsv(): Promise<typeof Csv> {
  return import('../export/csv.ts');
}
