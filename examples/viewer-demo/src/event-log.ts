import type { ClusterViewer, ClusterViewerEventMap } from '@shoal/viewer';

const EVENTS = Object.keys({
  'selection-change': true,
  'point-hover': true,
  'cluster-select': true,
  'tree-cut': true,
  'filter-change': true,
  'name-change': true,
  'data-change': true,
  'run-add': true,
  'run-change': true,
  'run-rename': true,
  'run-remove': true,
  'fit-progress': true,
  error: true,
} satisfies Record<keyof ClusterViewerEventMap, true>) as (keyof ClusterViewerEventMap)[];

/** Number of entries to keep. */
const MOST = 30;
/** Number of values of an array to show. */
const SHOWN = 5;

/** Lists a viewer's events, newest first; consecutive events of the same kind share an entry. */
export function logEvents(viewer: ClusterViewer, list: HTMLOListElement): void {
  let last: { readonly name: string; times: number } | undefined;
  for (const name of EVENTS) {
    viewer.addEventListener(name, ({ detail }) => {
      if (last?.name === name && list.firstElementChild !== null) {
        last.times++;
        list.firstElementChild.remove();
      } else last = { name, times: 1 };
      list.prepend(entry(name, last.times, describe(detail)));
      while (list.childElementCount > MOST) list.lastElementChild?.remove();
    });
  }
}

function entry(name: string, times: number, text: string): HTMLElement {
  const item = document.createElement('li');
  const [title, count, detail] = ['strong', 'span', 'code'].map((tag) => document.createElement(tag));
  title.textContent = name;
  count.textContent = times > 1 ? `× ${times}` : '';
  detail.textContent = text;
  item.append(title, ' ', count, detail);
  return item;
}

/** The content of an event, as a console would show it. */
function describe(detail: ClusterViewerEventMap[keyof ClusterViewerEventMap]['detail']): string {
  const parts = Object.entries(detail).map(([name, value]) => `${name}: ${describeValue(value)}`);
  return `{ ${parts.join(', ')} }`;
}

function describeValue(value: unknown): string {
  if (value instanceof Uint32Array) {
    const rest = value.length > SHOWN ? ', …' : '';
    return `Uint32Array(${value.length}) [${value.subarray(0, SHOWN).join(', ')}${rest}]`;
  }
  return typeof value === 'string' ? `'${value}'` : String(value);
}
