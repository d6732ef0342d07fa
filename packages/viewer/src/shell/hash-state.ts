import type { ClusteringData } from '../data/types.ts';
import { pointOfRow, rowOf } from '../interaction/rows.ts';
import type { Camera } from '../render/scatter.ts';

/** The parts of a view that an address can contain. */
export interface ViewState {
  readonly view?: string | undefined;
  readonly color?: string | undefined;
  readonly cluster?: number | undefined;
  readonly camera?: Camera | undefined;
  /** The selected points. */
  readonly selection?: ArrayLike<number> | undefined;
}

/** More selected points than this would make the address too long to send. */
const MOST_SELECTED = 200;

/**
 * Puts a view into a hash, and keeps the other parts of the hash. A selection is written as rows of the data, which are the
 * same for any sample; a large one is left out.
 *
 * @param prefix distinguishes several viewers on one page
 * @returns the hash without its "#"
 */
export function writeHash(hash: string, prefix: string, state: ViewState, data: ClusteringData): string {
  const { view, color, cluster, camera, selection = [] } = state;
  const rows = selection.length <= MOST_SELECTED ? Array.from(selection, (point) => rowOf(data, point)) : [];
  const values: Readonly<Record<string, string | undefined>> = {
    view,
    color: color && encodeURIComponent(color),
    cluster: cluster?.toString(),
    camera:
      camera && [camera.x, camera.y, camera.scale].map((value) => Number(value.toPrecision(7))).join(','),
    selection: rows.length === 0 ? undefined : rows.join(','),
  };
  const own = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(prefix)}.${name}=${value}`],
  );
  return [...partsOf(hash).filter((part) => !isOwn(part, prefix)), ...own].join('&');
}

/** The view in a hash; malformed parts are ignored, because anyone can write an address. */
export function readHash(hash: string, prefix: string, data: ClusteringData): ViewState {
  const values = new Map(
    partsOf(hash)
      .filter((part) => isOwn(part, prefix))
      .map((part) => {
        const [name, value = ''] = part.slice(encodeURIComponent(prefix).length + 1).split('=', 2);
        return [name, value] as const;
      }),
  );
  return {
    view: values.get('view'),
    color: decoded(values.get('color')),
    cluster: numbersOf(values.get('cluster')).find(
      (cluster) => Number.isInteger(cluster) && cluster >= 0 && cluster < data.clusters,
    ),
    camera: cameraOf(numbersOf(values.get('camera'))),
    selection: numbersOf(values.get('selection'))
      .map((row) => pointOfRow(data, row))
      .filter((point) => point !== undefined),
  };
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function partsOf(hash: string): readonly string[] {
  return hash.replace(/^#/, '').split('&').filter(Boolean);
}

function isOwn(part: string, prefix: string): boolean {
  return part.startsWith(`${encodeURIComponent(prefix)}.`);
}

function numbersOf(text = ''): readonly number[] {
  return text === '' ? [] : text.split(',').map(Number).filter(Number.isFinite);
}

function cameraOf([x, y, scale, ...rest]: readonly number[]): Camera | undefined {
  return scale > 0 && rest.length === 0 ? { x, y, scale } : undefined;
}
