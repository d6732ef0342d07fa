import { Flight } from '../../interaction/flight.ts';
import {
  boundsOf,
  clampCamera,
  fitBounds,
  panBy,
  project,
  unproject,
  zoomAbout,
  type Place,
  type Viewport,
} from '../../render/camera.ts';
import { createScatter, type ScatterOptions } from '../../render/create-scatter.ts';
import { PointIndex } from '../../render/point-index.ts';
import type { Camera, Color, Scatter, ScatterStyle } from '../../render/scatter.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import type { Theme } from '../../theme/theme.ts';
import { marksOf, paletteOf } from './marks.ts';

/** How much closer than the whole map a single point is shown. */
const CLOSE_UP = 8;
/** CSS pixels of margin around points that the camera flies to. */
const FLIGHT_MARGIN = 56;
/** CSS pixels of margin around the whole map. */
const MARGIN = 28;
/**
 * CSS pixels at the top that the tools cover, in one row or in two, and the width up to which they are above the map, as its
 * styles say.
 */
const TOOLS = { height: 36, oneRowFrom: 660, aboveUpTo: 560 } as const;

/** More points would not move smoothly. */
const MAX_TRAVELERS = 200_000;

/** The drawn properties of points besides their positions. */
export interface StageToggles {
  readonly density: boolean;
  readonly thumbnails: boolean;
  /** Whether points move from map to map. */
  readonly transitions: boolean;
}

/**
 * The map without its controls: the canvas and its renderer, the camera, and the search for points. It gets the whole state
 * and passes on the parts that changed.
 */
export class MapStage {
  readonly #changed: () => void;
  readonly #flight = new Flight();
  readonly #resizes = new ResizeObserver(() => {
    this.#measure();
  });
  /** The values last passed to the renderer or used here, by name. */
  readonly #given = new Map<string, readonly unknown[]>();
  #container: HTMLElement | undefined;
  #scatter: Scatter | undefined;
  #failure: Error | undefined;
  #positions: Float32Array | undefined;
  /** The positions that came with the data. */
  #own: Float32Array | undefined;
  /** Where the points were on the picture before the last change of the map, in units of the present one. */
  #before: Float32Array | undefined;
  #endTravel: () => void = () => undefined;
  #index = new PointIndex(new Float32Array());
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #viewport: Viewport = { width: 0, height: 0 };
  /** Whether the whole map is shown; it then stays so when the size changes. */
  #showsAll = true;
  #palette: readonly Color[] = [];
  #marks: Uint8Array = new Uint8Array();
  #style: ScatterStyle | undefined;

  /** @param changed called when the camera, the size or the renderer changed */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The renderer; undefined until it is ready. */
  get scatter(): Scatter | undefined {
    return this.#scatter;
  }

  /** The error that prevents drawing. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  get index(): PointIndex {
    return this.#index;
  }

  get camera(): Camera {
    return this.#camera;
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  /** One color for each group. */
  get palette(): readonly Color[] {
    return this.#palette;
  }

  get marks(): Uint8Array {
    return this.#marks;
  }

  get style(): ScatterStyle | undefined {
    return this.#style;
  }

  /** The width of a point in CSS pixels. */
  get markSize(): number {
    return this.#scatter?.markSize ?? 0;
  }

  /** Starts to draw into an element, whose size is that of the map. */
  connect(container: HTMLElement, options: ScatterOptions): void {
    if (this.#container === container) return;
    this.disconnect();
    this.#container = container;
    this.#resizes.observe(container);
    // A new canvas each time: a canvas with a context cannot get another one.
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    container.replaceChildren(canvas);
    const onChange = (): void => {
      options.onChange?.();
      this.#changed();
    };
    createScatter(canvas, { ...options, onChange }).then(
      (scatter) => {
        if (this.#container !== container || canvas.parentNode !== container) {
          scatter.destroy();
          return;
        }
        this.#scatter = scatter;
        this.#failure = undefined;
        this.#given.clear();
        this.#changed();
      },
      (error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error(String(error));
        this.#changed();
      },
    );
  }

  disconnect(): void {
    this.#flight.stop();
    this.#endTravel();
    this.#resizes.disconnect();
    this.#scatter?.destroy();
    this.#scatter = undefined;
    this.#container = undefined;
  }

  /** Updates the positions of points; new positions zoom to the whole map. */
  load({ data, ownPositions }: ViewerState): void {
    if (data?.positions === this.#positions) return;
    const [before, camera] = [this.#positions, this.#camera];
    const isOtherMap = ownPositions !== undefined && ownPositions === this.#own;
    this.#positions = data?.positions;
    this.#own = ownPositions;
    this.#index = new PointIndex(data?.positions ?? new Float32Array());
    this.#flight.stop();
    this.#endTravel();
    this.#showsAll = true;
    this.#camera = this.#whole();
    this.#before = isOtherMap && before ? seenBy(this.#camera, before, camera) : undefined;
  }

  /** Draws the state as it is now. */
  show(state: ViewerState, theme: Theme, { density, thumbnails, transitions }: StageToggles): void {
    const { data, colorBy, grouping, muted, cluster, selection, highlighted, passing, sizing } = state;
    this.load(state);
    const scatter = this.#scatter;
    if (scatter === undefined) return;
    const count = data?.count ?? 0;
    const labels = grouping?.labels;
    const groups = grouping?.colors ?? 0;
    this.#when('palette', [theme, groups], () => {
      this.#palette = paletteOf(theme, groups);
      scatter.setPalette(this.#palette);
    });
    this.#when('positions', [this.#positions], () => {
      this.#setPositions(scatter, theme.motion && transitions);
    });
    // After a device was lost the CPU may draw, which cannot read the device's buffers.
    const onDevice = colorBy === 'cluster' && scatter.backend === 'webgpu' ? state.deviceLabels : undefined;
    this.#when('groups', [labels, onDevice], () => {
      scatter.setGroups(onDevice?.buffer ?? labels ?? new Uint32Array());
    });
    this.#when(
      'marks',
      [selection.points, highlighted, muted, cluster, data?.labels, labels, count, passing],
      () => {
        this.#marks = data === undefined ? new Uint8Array() : marksOf(state, data);
        scatter.setMarks(this.#marks);
      },
    );
    this.#when('sizes', [sizing], () => {
      scatter.setSizes(sizing?.bytes);
    });
    this.#when('images', [data?.images], () => {
      scatter.setImages(data?.images);
    });
    this.#when('style', [theme, density, thumbnails], () => {
      const { background, muted: gray, accent } = theme;
      this.#style = { background, muted: gray, accent, density, thumbnails };
      scatter.setStyle(this.#style);
    });
    const { width, height } = this.#viewport;
    this.#when('size', [width, height, window.devicePixelRatio], () => {
      scatter.resize(width, height, window.devicePixelRatio);
    });
    this.#when('camera', [this.#camera], () => {
      scatter.setCamera(this.#camera);
    });
  }

  /** The map point in the middle of the picture, where the tools do not cover it. */
  get middle(): Place {
    const { bounds } = this.#index;
    if (this.#showsAll && bounds !== undefined) {
      return { x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 };
    }
    return this.unproject(this.#viewport.width / 2, (this.#viewport.height + this.#covered) / 2);
  }

  /** The place of a map point in the picture. */
  project(x: number, y: number): Place {
    return project(this.#camera, this.#viewport, x, y);
  }

  /** The map point at a place in the picture. */
  unproject(x: number, y: number): Place {
    return unproject(this.#camera, this.#viewport, x, y);
  }

  /** The place of a point in the picture; undefined when it has no position. */
  placeOf(point: number): Place | undefined {
    const x = this.#positions?.[2 * point] ?? NaN;
    const y = this.#positions?.[2 * point + 1] ?? NaN;
    return Number.isFinite(x) && Number.isFinite(y) ? this.project(x, y) : undefined;
  }

  moveTo(camera: Camera): void {
    this.#flight.stop();
    this.#see(camera, false);
  }

  pan(dx: number, dy: number): void {
    this.moveTo(panBy(this.#camera, dx, dy));
  }

  zoom(factor: number, x = this.#viewport.width / 2, y = this.#viewport.height / 2): void {
    this.moveTo(zoomAbout(this.#camera, this.#viewport, x, y, factor));
  }

  /** Zooms to the whole map. */
  fit(motion: boolean): void {
    this.#fly(this.#whole(), motion, true);
  }

  /** Zooms to some points; does nothing when none of them has a position. */
  flyTo(points: ArrayLike<number>, motion: boolean): void {
    const positions = this.#positions;
    if (positions === undefined) return;
    const places = new Float32Array(2 * points.length);
    for (let i = 0; i < points.length; i++) {
      places[2 * i] = positions[2 * points[i]];
      places[2 * i + 1] = positions[2 * points[i] + 1];
    }
    const bounds = boundsOf(places);
    if (bounds === undefined) return;
    const isPlace = bounds.minX === bounds.maxX && bounds.minY === bounds.maxY;
    const all = this.#whole();
    const target = isPlace
      ? { x: bounds.minX, y: bounds.minY, scale: Math.max(this.#camera.scale, CLOSE_UP * all.scale) }
      : fitBounds(bounds, this.#viewport, FLIGHT_MARGIN, this.#covered);
    this.#fly(target, motion, false);
  }

  /** CSS pixels of the picture that the tools cover. */
  get #covered(): number {
    const { width } = this.#viewport;
    if (width <= TOOLS.aboveUpTo) return 0;
    return width < TOOLS.oneRowFrom ? 2 * TOOLS.height : TOOLS.height;
  }

  /** The camera that shows the whole map, below the tools. */
  #whole(): Camera {
    return fitBounds(this.#index.bounds, this.#viewport, MARGIN, this.#covered);
  }

  #fly(target: Camera, motion: boolean, showsAll: boolean): void {
    const to = clampCamera(target, this.#index.bounds, this.#viewport);
    this.#flight.start(this.#camera, to, motion, (camera) => {
      this.#see(camera, showsAll);
    });
  }

  #see(camera: Camera, showsAll: boolean): void {
    // Without a size, the limit of the zoom is not known yet.
    const { width, height } = this.#viewport;
    this.#camera = width * height > 0 ? clampCamera(camera, this.#index.bounds, this.#viewport) : camera;
    this.#showsAll = showsAll;
    this.#changed();
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#container ?? {
      clientWidth: 0,
      clientHeight: 0,
    };
    if (width === this.#viewport.width && height === this.#viewport.height) return;
    this.#viewport = { width, height };
    if (width * height === 0) return;
    this.#see(this.#showsAll ? this.#whole() : this.#camera, this.#showsAll);
  }

  /** Sets the positions; after a change of the map, points move to them. */
  #setPositions(scatter: Scatter, moves: boolean): void {
    const [before, positions] = [this.#before, this.#positions ?? new Float32Array()];
    this.#before = undefined;
    if (!moves || before === undefined || before.length > 2 * MAX_TRAVELERS) {
      scatter.setPositions(positions);
      return;
    }
    import('../../interaction/travel.ts').then(
      ({ travel }) => {
        if (this.#positions !== positions || this.#scatter !== scatter) return;
        this.#endTravel = travel(before, positions, (places) => {
          scatter.setPositions(places);
        });
      },
      () => {
        // They are there at once instead.
        scatter.setPositions(positions);
      },
    );
  }

  #when(name: string, inputs: readonly unknown[], give: () => void): void {
    const last = this.#given.get(name);
    if (last !== undefined && inputs.every((input, i) => Object.is(input, last[i]))) return;
    this.#given.set(name, inputs);
    give();
  }
}

/** Positions that are at the same places of the picture under another camera. */
function seenBy(camera: Camera, positions: Float32Array, before: Camera): Float32Array {
  const factor = before.scale / camera.scale;
  return positions.map((place, i) =>
    i % 2 === 0 ? camera.x + (place - before.x) * factor : camera.y + (place - before.y) * factor,
  );
}
