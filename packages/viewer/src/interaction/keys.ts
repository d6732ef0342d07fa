/** An action of a key on the map. */
export type Command =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit'
  | 'point-mode'
  | 'choose'
  | 'toggle'
  | 'cluster'
  | 'neighbors'
  | 'box'
  | 'lasso'
  | 'undo'
  | 'redo'
  | 'find'
  | 'help'
  | 'escape';

/** A line of the help. */
export interface KeyHelp {
  readonly keys: string;
  readonly does: string;
}

export const KEY_HELP: readonly KeyHelp[] = [
  { keys: '← ↑ → ↓', does: 'Move the map; in point mode, go to the next point that way' },
  { keys: 'P', does: 'Point mode on or off' },
  { keys: '+ and −', does: 'Zoom in and out' },
  { keys: '0', does: 'Show everything' },
  { keys: 'Enter', does: 'Select the point under the cursor' },
  { keys: 'Space', does: 'Add it to the selection, or take it out' },
  { keys: 'A', does: 'Select all of its cluster' },
  { keys: 'N', does: 'Select its nearest neighbors' },
  { keys: 'B or L', does: 'Start a box or a lasso: arrows move, Shift and arrows move finely, Enter closes' },
  { keys: 'Shift+Enter, Alt+Enter', does: 'Close it to add to the selection, or to remove from it' },
  { keys: '/', does: 'Find a row, a cluster, a class, a text or a value of a column' },
  { keys: 'Ctrl+Z, Ctrl+Shift+Z', does: 'Undo and redo the selection' },
  { keys: 'Escape', does: 'Cancel, or clear the selection' },
  { keys: '?', does: 'Show this help' },
];

const PLAIN: Readonly<Record<string, Command>> = {
  arrowleft: 'left',
  arrowright: 'right',
  arrowup: 'up',
  arrowdown: 'down',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  _: 'zoom-out',
  '0': 'fit',
  p: 'point-mode',
  enter: 'choose',
  ' ': 'toggle',
  a: 'cluster',
  n: 'neighbors',
  b: 'box',
  l: 'lasso',
  '/': 'find',
  '?': 'help',
  escape: 'escape',
};

/** The parts of a keyboard event that decide its action. */
export type KeyStroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The action of a key on the map; undefined for a key of the browser or without an action. */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyStroke): Command | undefined {
  const name = key.toLowerCase();
  if (ctrlKey || metaKey) {
    if (altKey) return undefined;
    if (name === 'z') return shiftKey ? 'redo' : 'undo';
    return name === 'y' ? 'redo' : undefined;
  }
  const command = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  return altKey && command !== 'choose' ? undefined : command;
}
