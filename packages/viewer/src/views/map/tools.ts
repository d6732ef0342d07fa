import type { MapActions } from '../../interaction/map-actions.ts';
import type { MapControls, Tool as Holding } from '../../interaction/map-controls.ts';
import type { SelectionMode } from '../../state/selection.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import type { Tool } from './toolbar.ts';

/** Parts that can be shown or hidden. */
export type Toggle = 'density' | 'thumbnails' | 'model' | 'display' | 'transitions';

/** Files that can be saved. */
export type Export = 'png' | 'svg' | 'csv';

/** The parts of the viewer that the toolbars control. */
export interface ToolsHost {
  readonly state: ViewerState;
  readonly actions: MapActions;
  readonly controls: MapControls;
  readonly toggles: Readonly<Record<Toggle, boolean>>;
  toggle(what: Toggle): void;
  save(what: Export): void;
  openHelp(): void;
  requestUpdate(): void;
}

/** The toolbar on the map, in groups. */
export function mapTools(host: ToolsHost): readonly (readonly Tool[])[] {
  const { state, controls, toggles } = host;
  const { data } = state;
  const holds = (tool: Holding, label: string): Tool => ({
    icon: tool,
    label,
    pressed: controls.tool === tool,
    run: () => {
      controls.tool = tool;
      host.requestUpdate();
    },
  });
  const mode = (each: Exclude<SelectionMode, 'replace'>, label: string, key: string): Tool => ({
    icon: each,
    label,
    key,
    pressed: controls.mode === each,
    run: () => {
      controls.mode = controls.mode === each ? 'replace' : each;
      host.requestUpdate();
    },
  });
  const shows = (what: Toggle, icon: Tool['icon'], label: string): Tool => ({
    icon,
    label,
    pressed: toggles[what],
    run: () => {
      host.toggle(what);
    },
  });
  return [
    [holds('pan', 'Move the map'), holds('box', 'Select in a box'), holds('lasso', 'Select with a lasso')],
    [
      mode('add', 'Add to the selection', 'Shift'),
      mode('remove', 'Remove from the selection', 'Alt'),
      ...historyTools(host),
    ],
    [
      ...(data?.model === undefined ? [] : [shows('model', 'model', 'Show the model')]),
      shows('density', 'density', 'Shade by density'),
      ...(data?.images === undefined
        ? []
        : [shows('thumbnails', 'pictures', 'Show pictures when zoomed in')]),
      shows('display', 'layers', 'Sizes and maps'),
    ],
  ];
}

/** The rarer actions, in the menu. */
export function menuTools(host: ToolsHost): readonly Tool[] {
  const saves = (what: Export, label: string, disabled = false): Tool => ({
    icon: 'save',
    label,
    disabled,
    run: () => {
      host.save(what);
    },
  });
  return [
    saves('png', 'Save the map as PNG'),
    saves('svg', 'Save the map as SVG'),
    saves('csv', 'Save the selection as CSV', host.state.selection.size === 0),
    {
      icon: 'help',
      label: 'Keys and gestures',
      key: '?',
      run: () => {
        host.openHelp();
      },
    },
  ];
}

function historyTools({ state: { selection }, actions }: ToolsHost): readonly Tool[] {
  return [
    {
      icon: 'undo',
      label: 'Undo',
      key: 'Ctrl+Z',
      disabled: !selection.canUndo,
      run: () => {
        actions.undo();
      },
    },
    {
      icon: 'redo',
      label: 'Redo',
      key: 'Ctrl+Shift+Z',
      disabled: !selection.canRedo,
      run: () => {
        actions.redo();
      },
    },
  ];
}

/** The buttons on the map. */
export function zoomTools(actions: MapActions): readonly (readonly Tool[])[] {
  return [
    [
      {
        icon: 'zoomIn',
        label: 'Zoom in',
        key: '+',
        run: () => {
          actions.zoomIn();
        },
      },
      {
        icon: 'zoomOut',
        label: 'Zoom out',
        key: '−',
        run: () => {
          actions.zoomOut();
        },
      },
      {
        icon: 'fit',
        label: 'Show everything',
        key: '0',
        run: () => {
          actions.fit();
        },
      },
    ],
  ];
}
