import type { Place } from '../render/camera.ts';
import type { SelectionMode } from '../state/selection.ts';
import { beginArea, extendArea, type Area, type AreaKind } from './area.ts';
import { describePoint } from './describe.ts';
import { commandOf, type Command, type KeyStroke } from './keys.ts';
import type { MapActions, MapHost } from './map-actions.ts';
import { nearestPoint, nextPoint, type Direction } from './nearby.ts';
import type { GestureHandlers, Modifiers } from './pointer-gestures.ts';

/** The action of dragging. */
export type Tool = 'pan' | AreaKind;

/** The greatest distance of the pointer from a point that it picks, in CSS pixels beyond the point's radius. */
const REACH = { mouse: 6, touch: 18 } as const;
/** CSS pixels that an arrow key moves the map or the end of an area, without and with Shift. */
const KEY_PAN = 80;
const KEY_DRAW = 20;
const KEY_DRAW_FINE = 4;
/** CSS pixels between corners of a lasso. */
const LASSO_STEP = 3;

const DIRECTIONS = {
  left: { dx: -1, dy: 0 },
  right: { dx: 1, dy: 0 },
  up: { dx: 0, dy: 1 },
  down: { dx: 0, dy: -1 },
} as const satisfies Partial<Record<Command, Direction>>;

/** The parts of the viewer that controls need besides those of actions. */
export interface ControlsHost extends MapHost {
  readonly actions: MapActions;
  openHelp(): void;
  openFind(): void;
  /** Selects the nearest neighbors of a point. */
  selectNeighbors(point: number): void;
  /** Cancels the pointer's gesture. @returns whether there was one */
  cancelGesture(): boolean;
}

/** The reader's input: the chosen tool, the area being drawn, and the keyboard's cursor. */
export class MapControls implements GestureHandlers {
  tool: Tool = 'pan';
  /** How areas and clicks change the selection without a modifier key. */
  mode: SelectionMode = 'replace';
  readonly #host: ControlsHost;
  #area: Area | undefined;
  #isPointMode = false;
  #isPointerHere = false;
  /** Where the keyboard draws, in map units; undefined while it does not draw. */
  #cross: Place | undefined;
  #last: Place = { x: 0, y: 0 };

  constructor(host: ControlsHost) {
    this.#host = host;
  }

  /** The area being drawn. */
  get area(): Area | undefined {
    return this.#area;
  }

  get cross(): Place | undefined {
    return this.#cross;
  }

  /** Whether arrow keys move from point to point. */
  get isPointMode(): boolean {
    return this.#isPointMode;
  }

  /** Whether the hovered point was chosen on this map, and not in another view. */
  get isLooking(): boolean {
    return this.#isPointMode || this.#isPointerHere;
  }

  readonly drawsArea = (): boolean => this.tool !== 'pan';

  /** Resets what belongs to the previous data. */
  reset(): void {
    this.#area = undefined;
    this.#cross = undefined;
    this.#isPointMode = false;
  }

  hover(x: number, y: number): void {
    if (this.#cross !== undefined) return;
    this.#isPointMode = false;
    this.#isPointerHere = true;
    this.#host.state.hover(this.#host.actions.pointAt(x, y, this.#reach(false)));
  }

  leave(): void {
    this.#isPointerHere = false;
    if (!this.#isPointMode) this.#host.state.hover(undefined);
  }

  pan(dx: number, dy: number): void {
    this.#host.stage.pan(dx, dy);
  }

  zoom(factor: number, x: number, y: number): void {
    this.#host.stage.zoom(factor, x, y);
  }

  tap(x: number, y: number, isTouch: boolean, modifiers: Modifiers): void {
    const { actions, state } = this.#host;
    const point = actions.pointAt(x, y, this.#reach(isTouch));
    if (isTouch) {
      this.#isPointerHere = true;
      state.hover(point);
    }
    if (point === undefined) return;
    const { ctrlKey, metaKey, shiftKey, altKey } = modifiers;
    if (altKey || this.mode === 'remove') state.select([point], 'remove');
    else actions.selectPoint(point, ctrlKey || metaKey || shiftKey || this.mode === 'add');
  }

  doubleTap(x: number, y: number, isTouch: boolean): void {
    const { actions } = this.#host;
    const point = actions.pointAt(x, y, this.#reach(isTouch));
    if (point === undefined) actions.clear();
    else actions.zoomToCluster(point);
  }

  areaStart(x: number, y: number): void {
    this.#cross = undefined;
    this.#last = { x, y };
    this.#area = beginArea(this.tool === 'box' ? 'box' : 'lasso', this.#host.stage.unproject(x, y));
    this.#host.requestUpdate();
  }

  areaMove(x: number, y: number): void {
    if (this.#area === undefined) return;
    const isTooShort = Math.hypot(x - this.#last.x, y - this.#last.y) < LASSO_STEP;
    if (this.#area.kind === 'lasso' && isTooShort) return;
    this.#last = { x, y };
    this.#area = extendArea(this.#area, this.#host.stage.unproject(x, y));
    this.#host.requestUpdate();
  }

  areaEnd(modifiers: Pick<Modifiers, 'shiftKey' | 'altKey'>): void {
    const area = this.#area;
    this.areaCancel();
    if (area === undefined) return;
    const { shiftKey, altKey } = modifiers;
    this.#host.actions.selectArea(area, shiftKey ? 'add' : altKey ? 'remove' : this.mode);
  }

  areaCancel(): void {
    this.#area = undefined;
    this.#cross = undefined;
    this.#host.requestUpdate();
  }

  /** @returns whether the map handled the key, so that its default action must be prevented */
  key(stroke: KeyStroke): boolean {
    const command = commandOf(stroke);
    return command !== undefined && this.run(command, stroke);
  }

  run(command: Command, stroke: Pick<KeyStroke, 'shiftKey' | 'altKey'>): boolean {
    const { actions } = this.#host;
    switch (command) {
      case 'left':
      case 'right':
      case 'up':
      case 'down':
        this.#arrow(DIRECTIONS[command], stroke.shiftKey);
        return true;
      case 'zoom-in':
        actions.zoomIn();
        return true;
      case 'zoom-out':
        actions.zoomOut();
        return true;
      case 'fit':
        actions.fit();
        return true;
      case 'point-mode':
        this.#togglePointMode();
        return true;
      case 'choose':
        if (this.#cross !== undefined) this.areaEnd(stroke);
        else this.#choose(false);
        return true;
      case 'toggle':
        this.#choose(true);
        return true;
      case 'cluster':
        this.#chooseCluster();
        return true;
      case 'neighbors':
        this.#chooseNeighbors();
        return true;
      case 'box':
      case 'lasso':
        this.#beginByKeyboard(command);
        return true;
      case 'undo':
        actions.undo();
        return true;
      case 'redo':
        actions.redo();
        return true;
      case 'find':
        this.#host.openFind();
        return true;
      case 'help':
        this.#host.openHelp();
        return true;
      case 'escape':
        return this.#escape();
    }
  }

  #arrow(direction: Direction, isFine: boolean): void {
    const { dx, dy } = direction;
    const { stage } = this.#host;
    if (this.#cross !== undefined) {
      const step = (isFine ? KEY_DRAW_FINE : KEY_DRAW) / stage.camera.scale;
      this.#cross = { x: this.#cross.x + dx * step, y: this.#cross.y + dy * step };
      if (this.#area !== undefined) this.#area = extendArea(this.#area, this.#cross);
      this.#keepInView(stage.project(this.#cross.x, this.#cross.y));
      this.#host.requestUpdate();
    } else if (this.#isPointMode) this.#stepTo(direction);
    else stage.pan(-dx * KEY_PAN, dy * KEY_PAN);
  }

  #togglePointMode(): void {
    this.#isPointMode = !this.#isPointMode;
    if (this.#isPointMode) this.#enterPointMode();
    else {
      this.#host.state.hover(undefined);
      this.#host.announce('Point mode is off: arrows move the map.');
    }
    this.#host.requestUpdate();
  }

  #enterPointMode(): void {
    const { stage, actions, state } = this.#host;
    const { camera } = stage;
    const point =
      state.hovered ?? nearestPoint(stage.index, stage.middle, 32 / camera.scale, actions.accepts);
    this.#isPointMode = point !== undefined;
    if (point === undefined) this.#host.announce('There is no point to go to.');
    else this.#goTo(point, 'Point mode. ');
  }

  #stepTo(direction: Direction): void {
    const { stage, actions, state } = this.#host;
    const { hovered, data } = state;
    if (hovered === undefined || data === undefined) {
      this.#enterPointMode();
      return;
    }
    const from = { x: data.positions[2 * hovered], y: data.positions[2 * hovered + 1] };
    const reach = 16 / stage.camera.scale;
    const next = nextPoint(stage.index, data.positions, from, direction, reach, actions.accepts);
    if (next === undefined) this.#host.announce('There is no point further that way.');
    else this.#goTo(next, '');
  }

  #goTo(point: number, before: string): void {
    const { stage, state } = this.#host;
    state.hover(point);
    const place = stage.placeOf(point);
    if (place !== undefined) this.#keepInView(place);
    if (state.data === undefined) return;
    const selected = state.selection.has(point) ? ', selected' : '';
    this.#host.announce(`${before}${describePoint(state.data, point)}${selected}`);
  }

  /** Moves the map when a place is at the edge of the picture or beyond it. */
  #keepInView({ x, y }: Place): void {
    const { width, height } = this.#host.stage.viewport;
    const margin = Math.min(40, width / 4, height / 4);
    const inside = x >= margin && y >= margin && x <= width - margin && y <= height - margin;
    if (!inside) this.#host.stage.pan(width / 2 - x, height / 2 - y);
  }

  #choose(toggles: boolean): void {
    const { state, actions } = this.#host;
    if (state.hovered === undefined) this.#enterPointMode();
    else actions.selectPoint(state.hovered, toggles);
    this.#host.requestUpdate();
  }

  #chooseCluster(): void {
    const { data, hovered, cluster } = this.#host.state;
    const label = hovered === undefined ? cluster : data?.labels[hovered];
    if (label === undefined) this.#host.announce('Go to a point first: press P, then arrows.');
    else this.#host.actions.selectCluster(label);
  }

  #chooseNeighbors(): void {
    const { hovered } = this.#host.state;
    if (hovered === undefined) this.#host.announce('Go to a point first: press P, then arrows.');
    else this.#host.selectNeighbors(hovered);
  }

  #beginByKeyboard(kind: AreaKind): void {
    const { stage, state } = this.#host;
    const at = state.hovered === undefined ? undefined : stage.placeOf(state.hovered);
    this.#cross = at === undefined ? stage.middle : stage.unproject(at.x, at.y);
    this.#area = beginArea(kind, this.#cross);
    this.#host.announce(
      kind === 'box'
        ? 'Box: arrows move its corner, Enter selects, Escape cancels.'
        : 'Lasso: arrows draw, Enter closes and selects, Escape cancels.',
    );
    this.#host.requestUpdate();
  }

  #escape(): boolean {
    const { state, actions } = this.#host;
    if (this.#host.cancelGesture() || this.#area !== undefined) {
      this.areaCancel();
      this.#host.announce('Canceled.');
    } else if (this.#isPointMode) this.#togglePointMode();
    else if (state.selection.size > 0 || state.cluster !== undefined) actions.clear();
    else return false;
    return true;
  }

  #reach(isTouch: boolean): number {
    return this.#host.stage.markSize / 2 + REACH[isTouch ? 'touch' : 'mouse'];
  }
}
