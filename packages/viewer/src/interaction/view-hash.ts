import type { ClusteringData } from '../data/types.ts';
import type { Camera } from '../render/scatter.ts';
import type { ColorBy, ViewerState } from '../state/viewer-state.ts';
import { groupingOf } from './groups.ts';

/** What of a view can be kept in an address. */
export interface View {
  readonly camera?: Camera | undefined;
  readonly colorBy?: ColorBy | undefined;
  /** Greyed groups. */
  readonly muted?: readonly number[] | undefined;
  readonly cluster?: number | undefined;
  /** Selected points, ascending. */
  readonly selection?: Uint32Array | undefined;
}

/** Longest text that a selection or the greyed groups may take; longer ones are left out, as addresses have an end. */
const MOST_CHARACTERS = 2000;
/** Texts longer than what `viewToHash` writes are somebody else's. */
const LONGEST_HASH = 3 * MOST_CHARACTERS;

/** The view as it is now. */
export function viewOf(state: ViewerState, camera: Camera | undefined): View {
  const { colorBy, muted, cluster, selection } = state;
  return { camera, colorBy, muted: [...muted].sort((a, b) => a - b), cluster, selection: selection.points };
}

/** Shows what a view says, apart from its camera. */
export function applyView(state: ViewerState, view: View): void {
  if (view.colorBy !== undefined) state.setColorBy(view.colorBy);
  state.mute(view.muted ?? []);
  state.lookAt(view.cluster);
  state.select(view.selection ?? []);
}

/** Writes a view as "map=0.5,-1,20&color=class&muted=1,4-6&cluster=3&points=7-12"; what is usual is left out. */
export function viewToHash({ camera, colorBy, muted, cluster, selection }: View): string {
  const parts: string[] = [];
  if (camera !== undefined) parts.push(`map=${camera.x},${camera.y},${camera.scale}`);
  if (colorBy === 'class') parts.push('color=class');
  for (const [name, numbers] of [
    ['muted', muted],
    ['points', selection],
  ] as const) {
    const ranges = numbers === undefined ? undefined : toRanges(numbers);
    if (ranges !== undefined && ranges !== '') parts.push(`${name}=${ranges}`);
  }
  if (cluster !== undefined) parts.push(`cluster=${cluster}`);
  return parts.join('&');
}

/**
 * Reads what `viewToHash` wrote, with or without "#". Whatever it cannot use, because it is no such text or says more than
 * the data have, it passes over.
 */
export function viewFromHash(hash: string, data: ClusteringData): View {
  if (hash.length > LONGEST_HASH) return {};
  const fields = new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? (['', ''] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
      }),
  );
  const colorBy = fields.get('color') === 'class' && data.classes !== undefined ? 'class' : undefined;
  const { groups } = groupingOf(data, colorBy ?? 'cluster');
  const muted = fromRanges(fields.get('muted'), groups.length);
  const selection = fromRanges(fields.get('points'), data.count);
  return {
    camera: cameraFrom(fields.get('map')),
    colorBy,
    muted: muted === undefined ? undefined : [...muted],
    cluster: fromRanges(fields.get('cluster'), data.clusters)?.[0],
    selection,
  };
}

function cameraFrom(text: string | undefined): Camera | undefined {
  const numbers = text?.split(',') ?? [];
  if (numbers.length !== 3 || numbers.some((each) => each.trim() === '')) return undefined;
  const [x, y, scale] = numbers.map(Number);
  return [x, y, scale].every(Number.isFinite) && scale > 0 ? { x, y, scale } : undefined;
}

/** @returns undefined when the text would be too long */
function toRanges(ascending: ArrayLike<number>): string | undefined {
  let text = '';
  for (let i = 0; i < ascending.length; i++) {
    const first = ascending[i];
    while (ascending[i + 1] === ascending[i] + 1) i++;
    const last = ascending[i];
    text += `${text === '' ? '' : ','}${first === last ? first : `${first}-${last}`}`;
    if (text.length > MOST_CHARACTERS) return undefined;
  }
  return text;
}

/** @param end numbers are less than it @returns ascending, each once; undefined when there is no such number */
function fromRanges(text: string | undefined, end: number): Uint32Array | undefined {
  const ranges: (readonly [first: number, last: number])[] = [];
  for (const part of text?.split(',') ?? []) {
    const match = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(part);
    if (match === null) continue;
    const first = Number(match[1]);
    const last = Math.min(match[2] ? Number(match[2]) : first, end - 1);
    if (first <= last) ranges.push([first, last]);
  }
  ranges.sort(([a], [b]) => a - b);
  // Overlapping ranges are taken once, so that no text makes more numbers than there are.
  const numbers: number[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    for (let i = Math.max(first, next); i <= last; i++) numbers.push(i);
    next = Math.max(next, last + 1);
  }
  return numbers.length === 0 ? undefined : Uint32Array.from(numbers);
}
